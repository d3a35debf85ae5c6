using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>What docs/search.md shows can be typed as it stands there.</summary>
public sealed class SearchDocumentTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Every_call_of_the_page_on_searching_runs_in_a_shell()
    {
        _work.Write("docs/lights.md", "# Harbour\n\n## Lights\n\nThe lighthouse keeper trims the lamp.\n");
        _work.Write("docs/guide/rope.md", "---\nlang: en\nauthor: \"Doe, Jane\"\nprice: 12\ndate: 2025-11-30\n---\n# Ropes\n\nCoil a rope.\n");
        await _work.SyncAsync("docs");
        var calls = (await File.ReadAllLinesAsync(Page(), CancellationToken.None))
            .Where(line => line.StartsWith("$ tidemark ", StringComparison.Ordinal)).Select(line => line["$ tidemark ".Length..]).ToArray();

        calls.Length.ShouldBeGreaterThan(3);
        foreach (var call in calls)
        {
            var (exit, output) = await ShellAsync($"\"{TidemarkProcess.Executable}\" {call}");
            exit.ShouldBe(0, $"{call}\n{output}");
            output.ShouldStartWith("1. docs/", customMessage: call);
        }
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docs", "search.md")))
            {
                return Path.Combine(folder.FullName, "docs", "search.md");
            }
        }

        throw new FileNotFoundException("docs/search.md");
    }

    private async Task<(int Exit, string Output)> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            UseShellExecute = false,
            WorkingDirectory = _work.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = shell.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await shell.WaitForExitAsync(CancellationToken.None);
        return (shell.ExitCode, output + await errors);
    }
}
