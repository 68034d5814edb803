-- The reference's table: columns, checks and indexes of consent_record, without its foreign keys.
create table bench_record (like consent_record including all);
create sequence bench_seq;
