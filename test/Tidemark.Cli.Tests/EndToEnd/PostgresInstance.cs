using System.Diagnostics;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A PostgreSQL server of the test's own, to be killed and resumed.</summary>
internal sealed class PostgresInstance : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_POSTGRES";

    private readonly string _name;

    private PostgresInstance(string url, string name) => (Url, _name) = (url, name);

    public string Url { get; }

    /// <summary>Skips the test where there is no server at all.</summary>
    public static async Task<PostgresInstance> StartAsync()
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)),
            $"{Variable} is not set: eng/services cannot start a server here, or was not asked to");
        var lines = (await ServicesAsync("start", "postgres")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string Of(string name) => lines.Single(line => line.Contains(name + '=', StringComparison.Ordinal)).Split('=', 2)[1].Trim('\'', '"');
        return new PostgresInstance(Of(Variable), Of("TIDEMARK_SERVICES"));
    }

    public Task KillAsync() => ServicesAsync("kill", _name);

    public Task ResumeAsync() => ServicesAsync("resume", _name);

    public async ValueTask DisposeAsync() => await ServicesAsync("stop", _name);

    private static async Task<string> ServicesAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "eng", "services"), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"eng/services {string.Join(' ', arguments)} failed");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
        }

        return folder.FullName;
    }
}
