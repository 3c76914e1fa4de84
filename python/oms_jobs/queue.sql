-- Why a job failed the last time; the library keeps only that it did.
create table if not exists failures (
  job_id bigint primary key references procrastinate_jobs (id) on delete cascade,
  error  text not null,
  at     timestamptz not null default now()
);
comment on table failures is 'Why a job failed the last time.';

-- The library's functions find its tables by name, whoever calls them.
do $$
declare
  function regprocedure;
begin
  for function in select p.oid::regprocedure from pg_catalog.pg_proc as p where p.pronamespace = 'jobs'::regnamespace loop
    execute format('alter function %s set search_path to jobs', function);
  end loop;
end
$$;

-- What the worker may do with the queue: everything, and nobody else anything.
grant usage on schema jobs to oms_worker;
grant select, insert, update, delete on all tables in schema jobs to oms_worker;
grant usage on all sequences in schema jobs to oms_worker;
grant execute on all functions in schema jobs to oms_worker;
