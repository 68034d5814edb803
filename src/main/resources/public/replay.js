// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// A replay shows what was shown then, whatever signal today's reader's browser sends.
Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: false, configurable: true });
