using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>Blocks of documents, run as they stand there.</summary>
internal static partial class Runbook
{
    public const string Document = "docs/operations.md";

    public static IReadOnlyDictionary<string, string> Blocks { get; } = BlocksOf(Document);

    public static IReadOnlyDictionary<string, string> BlocksOf(string document) => Tried().Matches(RepositoryFile.Read(document))
        .ToDictionary(block => block.Groups["name"].Value, block => block.Groups["commands"].Value, StringComparer.Ordinal);

    /// <summary>As somebody would who has the executable in the path and stops at the first failure.</summary>
    /// <returns>What it printed.</returns>
    public static Task<string> RunAsync(string folder, string block, string? database = null, string? tools = null) =>
        RunTextAsync(folder, Blocks[block], database, tools);

    /// <summary>The commands themselves.</summary>
    public static async Task<string> RunTextAsync(string folder, string commands, string? database = null, string? tools = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(TidemarkProcess.Executable)}:{tools}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DATABASE"] = database ?? "",
        };
        using var shell = TidemarkProcess.Start(folder, ["-euo", "pipefail", "-c", commands], environment, "/bin/bash");
        var result = await shell.FinishAsync();
        result.ExitCode.ShouldBe(0, $"{commands}\n{result.Output}\n{result.Errors}");
        return result.Output;
    }

    [GeneratedRegex(
        @"<!-- tried: (?<name>[a-z-]+) -->\n```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tried();
}
