-- declared in sql/schemas/extensions.sql
-- What a tenant gives us and we must use again is encrypted before it is stored. Supabase has the extension already.
create extension if not exists pgcrypto with schema extensions;
