using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>A server with PgBouncer before it and a hot standby behind it.</summary>
public sealed class Surroundings() : OwnServer("postgres", "pooler", "standby")
{
    /// <summary>The server through PgBouncer, which pools sessions and drops the search path that a connection asks for.</summary>
    public string Pooler => Variable("TIDEMARK_TEST_POOLER");

    public string Standby => Variable("TIDEMARK_TEST_STANDBY");

    /// <summary>An address with another database.</summary>
    public static string In(string database, string url) => string.Concat(url.AsSpan(0, url.LastIndexOf('/') + 1), database);

    /// <summary>Waits until the standby has replayed what is committed.</summary>
    public async Task CatchUpAsync()
    {
        var written = await ScalarAsync<string>("select pg_current_wal_lsn()::text");
        for (var behind = true; behind;)
        {
            behind = await AskAsync<bool>(Standby, $"select pg_last_wal_replay_lsn() < '{written}'::pg_lsn");
        }
    }

    /// <summary>A database of its own with the extension.</summary>
    public async Task<string> NewDatabaseAsync(string name)
    {
        await ExecuteAsync($"create database {name}");
        await ExecuteAsync("create extension vector", name);
        return name;
    }
}
