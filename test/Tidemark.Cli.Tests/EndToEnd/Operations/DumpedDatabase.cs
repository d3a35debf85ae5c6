using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>A database of the test's own, since a dump names the store's schema, and PostgreSQL's own programs to dump it with.</summary>
internal sealed class DumpedDatabase : IAsyncDisposable
{
    private static readonly string[] Programs = ["pg_dump", "pg_restore"];

    private readonly ServerWorkspace _server;
    private readonly string _name;

    private DumpedDatabase(ServerWorkspace server, string name) => (_server, _name) = (server, name);

    public string Url => new Uri(new Uri(_server.Url), "/" + _name).ToString();

    public static async Task<DumpedDatabase> CreateAsync(ServerWorkspace server)
    {
        var database = new DumpedDatabase(server, server.Schema);
        await server.ExecuteAsync($"create database {database._name} encoding 'UTF8' template template0");
        return database;
    }

    /// <summary>
    /// A folder for the path, with the programs of the services' root folder, which are as new as the server; empty where there is none.
    /// </summary>
    public string Tools(Workspace work)
    {
        var root = Environment.GetEnvironmentVariable("TIDEMARK_SERVICES_ROOT") is { Length: > 0 } named ? named : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "tidemark/services");
        var programs = Path.Combine(root, "usr/lib/postgresql/17/bin");
        if (!File.Exists(Path.Combine(programs, "pg_dump")))
        {
            var paths = Environment.GetEnvironmentVariable("PATH")!.Split(':');
            Assert.SkipUnless(paths.Any(folder => File.Exists(Path.Combine(folder, "pg_dump"))), "there is no pg_dump; install postgresql-client");
            return work.Root;
        }

        foreach (var program in Programs)
        {
            // Of a newer system than this one: with the loader and the libraries that it was made for.
            work.Write($"tools/{program}", $"""
                #!/bin/bash
                exec {root}/lib64/ld-linux-x86-64.so.2 --library-path {root}/usr/lib/x86_64-linux-gnu {programs}/{program} "$@"

                """);
            if (OperatingSystem.IsWindows())
            {
                continue;
            }

            File.SetUnixFileMode(work.PathOf($"tools/{program}"), (UnixFileMode)0b111_101_101);
        }

        return work.PathOf("tools");
    }

    public Task LoseAsync() => _server.ExecuteAsync("drop schema tidemark cascade", _name);

    public async ValueTask DisposeAsync() => await _server.ExecuteAsync($"drop database if exists {_name} with (force)");
}
