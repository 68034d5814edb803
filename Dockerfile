# syntax=docker/dockerfile:1
# SPDX-FileCopyrightText: The Assent authors
# SPDX-License-Identifier: Apache-2.0

# The banner: one script. Its tools are fetched anew only if the lock file changes.
FROM node:22-bookworm-slim AS widget
WORKDIR /build/widget
COPY widget/package.json widget/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY widget ./
RUN npm run build

# The service: the jar and, beside it, the libraries.
FROM maven:3.9-eclipse-temurin-25 AS service
WORKDIR /build
COPY pom.xml ./
COPY migrations migrations
COPY src/main src/main
COPY --from=widget /build/widget/dist widget/dist
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dexec.skip=true -Dmaven.test.skip=true package

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="Assent" \
      org.opencontainers.image.description="Cookie consent whose records a stranger can check" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin assent \
    && install -d -o assent -g assent -m 0700 /data
# Libraries change seldom, so they are a layer of their own below the jar.
COPY --from=service /build/target/lib /opt/assent/lib
COPY --chmod=0755 deploy/healthcheck /opt/assent/healthcheck
COPY --from=service /build/target/assent.jar /opt/assent/assent.jar
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
ENV ASSENT_DATA_DIR=/data
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["/opt/assent/healthcheck"]
# java is process 1 and gets SIGTERM itself. JDK_JAVA_OPTIONS adds options of yours.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
    "-jar", "/opt/assent/assent.jar"]
CMD ["run"]
