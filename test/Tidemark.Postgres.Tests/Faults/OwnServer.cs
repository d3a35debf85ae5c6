using System.Diagnostics;
using Npgsql;
using Tidemark.Postgres.Storage;
using Xunit;

namespace Tidemark.Postgres.Tests.Faults;

/// <summary>A server for tests that hurt it, made and ended by <c>eng/services</c>.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private string? _instance;
    private string? _url;

    /// <summary>A database with the extension on it; where no server can be started the test is skipped, on CI that is a failure.</summary>
    public string Url
    {
        get
        {
            Assert.SkipWhen(_url is null, "no server of its own could be started; see eng/services");
            return _url!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var (exit, output) = await RunAsync("start", "postgres");
        if (exit != 0)
        {
            return;
        }

        var variables = output.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        (_instance, _url) = (variables["TIDEMARK_SERVICES"], variables["TIDEMARK_TEST_POSTGRES"]);
        await ExecuteAsync("create extension vector");
    }

    /// <summary>SIGKILL for all of its processes, as in a crash.</summary>
    public void Kill() => RunAsync("kill", _instance!).GetAwaiter().GetResult();

    public Task ResumeAsync() => RunAsync("resume", _instance!);

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            StoreAddress.Parse(_url!).ConnectionString(1, null) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_instance is { } instance)
        {
            await RunAsync("stop", instance);
        }
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
