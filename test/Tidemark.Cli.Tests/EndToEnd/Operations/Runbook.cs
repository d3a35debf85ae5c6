using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>Blocks of docs/operations.md, run as they stand there.</summary>
internal static partial class Runbook
{
    public const string Document = "docs/operations.md";

    public static IReadOnlyDictionary<string, string> Blocks { get; } = Tried().Matches(RepositoryFile.Read(Document))
        .ToDictionary(block => block.Groups["name"].Value, block => block.Groups["commands"].Value, StringComparer.Ordinal);

    /// <summary>As somebody would who has the executable in the path and stops at the first failure.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string folder, string block, string? database = null, string? tools = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(TidemarkProcess.Executable)}:{tools}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DATABASE"] = database ?? "",
        };
        using var shell = TidemarkProcess.Start(folder, ["-euo", "pipefail", "-c", Blocks[block]], environment, "/bin/bash");
        var result = await shell.FinishAsync();
        result.ExitCode.ShouldBe(0, $"{Blocks[block]}\n{result.Output}\n{result.Errors}");
        return result.Output;
    }

    [GeneratedRegex(
        @"<!-- tried: (?<name>[a-z-]+) -->\n```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tried();
}
