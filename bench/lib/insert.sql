insert into bench_record
select uuidv7(), 1, n, n, 1, 'save', substr(uuid_send(gen_random_uuid()), 1, 16), now(), now() + interval '6 months',
       uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), convert_to(repeat('consent ', 72), 'UTF8')
from nextval('bench_seq') n;
