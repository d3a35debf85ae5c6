using System.Text.RegularExpressions;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The service over the store of a workspace, on a port that was free.</summary>
internal sealed partial class ServedIndex : IDisposable
{
    private ServedIndex(TidemarkProcess process, string address) => (Process, Address) = (process, address);

    public TidemarkProcess Process { get; }

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    public string Api => Address + "/api";

    public static async Task<ServedIndex> StartAsync(Workspace work, params string[] arguments)
    {
        var process = work.Start(["serve", "--listen", "http://127.0.0.1:0", .. arguments]);
        await Awaiting.FactAsync("it listens", () => process.HasExited || Listening().IsMatch(process.ErrorsSoFar));
        return new ServedIndex(process, Listening().Match(process.ErrorsSoFar).Groups["url"].Value);
    }

    /// <summary>Ends it as a supervisor does.</summary>
    public async Task StopAsync()
    {
        Process.Signal("-TERM");
        (await Process.FinishAsync()).ShouldExit(0);
    }

    public void Dispose() => Process.Dispose();

    [GeneratedRegex(@"Now listening on: (?<url>http://[^\s""]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
