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
        var lines = await TestServices.RunAsync("start", "postgres");
        return new PostgresInstance(TestServices.Of(lines, Variable), TestServices.Of(lines, TestServices.Instance));
    }

    public Task KillAsync() => TestServices.RunAsync("kill", _name);

    public Task ResumeAsync() => TestServices.RunAsync("resume", _name);

    public async ValueTask DisposeAsync() => await TestServices.RunAsync("stop", _name);
}
