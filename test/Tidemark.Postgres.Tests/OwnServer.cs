using System.Diagnostics;
using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests;

/// <summary>A server for tests that hurt it or need more around it, made and ended by <c>eng/services</c>.</summary>
public class OwnServer : IAsyncLifetime
{
    private readonly string[] _services;
    private Dictionary<string, string> _variables = [];

    public OwnServer()
        : this("postgres")
    {
    }

    protected OwnServer(params string[] services) => _services = services;

    /// <summary>A database with the extension on it; where no server can be started the test is skipped, on CI that is a failure.</summary>
    public string Url => Variable("TIDEMARK_TEST_POSTGRES");

    public async ValueTask InitializeAsync()
    {
        var (exit, output) = await RunAsync(["start", .. _services]);
        if (exit != 0)
        {
            return;
        }

        _variables = output.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        await ExecuteAsync("create extension vector");
    }

    private string Instance => _variables["TIDEMARK_SERVICES"];

    /// <summary>SIGKILL for all of its processes, as in a crash.</summary>
    public void Kill() => RunAsync("kill", Instance).GetAwaiter().GetResult();

    public Task ResumeAsync() => RunAsync("resume", Instance);

    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(Url, database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public Task<T> ScalarAsync<T>(string sql, string? database = null) => AskAsync<T>(Url, sql, database);

    protected static async Task<T> AskAsync<T>(string url, string sql, string? database = null)
    {
        await using var connection = await ConnectAsync(url, database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string url, string? database)
    {
        var settings = new NpgsqlConnectionStringBuilder(StoreAddress.Parse(url).ConnectionString(1, SessionNeeds.Usual)) { Pooling = false };
        settings.Database = database ?? settings.Database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_variables.Count > 0)
        {
            await RunAsync("stop", Instance);
        }

        GC.SuppressFinalize(this);
    }

    protected string Variable(string name)
    {
        Assert.SkipWhen(_variables.Count == 0, "no server of its own could be started; see eng/services");
        return _variables[name];
    }

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Tidemark.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", [Path.Combine(root, "eng", "services"), .. arguments])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            },
        };
        process.StartInfo.Environment.Remove("TIDEMARK_TEST_POSTGRES");
        process.Start();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
