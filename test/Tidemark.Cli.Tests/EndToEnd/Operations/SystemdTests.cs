using System.Diagnostics;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Operations;

/// <summary>The units of samples/systemd are what systemd takes, and what they start takes its arguments.</summary>
public sealed class SystemdTests : IDisposable
{
    private const string Installed = "/opt/tidemark/tidemark";
    private readonly Workspace _work = new();

    private static IEnumerable<string> Units => Directory.GetFiles(Path.Combine(RepositoryFile.Root, "samples/systemd"), "tidemark-*");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_unit_is_described()
    {
        var text = RepositoryFile.Read(Runbook.Document);
        foreach (var unit in Units.Select(Path.GetFileNameWithoutExtension))
        {
            text.ShouldContain(unit!);
        }
    }

    [Fact]
    public async Task Systemd_takes_every_unit()
    {
        var units = Units.Select(unit =>
        {
            // With an executable that is there: verify looks for it.
            _work.Write(Path.GetFileName(unit), File.ReadAllText(unit).Replace(Installed, TidemarkProcess.Executable, StringComparison.Ordinal));
            return _work.PathOf(Path.GetFileName(unit));
        }).ToArray();
        Process? verify = null;
        try
        {
            verify = Process.Start(
                new ProcessStartInfo("systemd-analyze", ["verify", .. units]) { UseShellExecute = false, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", "this machine has no systemd-analyze");
            return; // a machine without systemd has nobody to ask
        }

        using (verify)
        {
            var complaints = await verify!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await verify.WaitForExitAsync(TestContext.Current.CancellationToken);
            complaints.ShouldNotContain("tidemark-");
            verify.ExitCode.ShouldBe(0, complaints);
        }
    }

    [Fact]
    public async Task What_a_unit_starts_takes_its_arguments()
    {
        _work.Write("tidemark.json", """{ "sources": ["docs"] }""").Write("docs/a.md", "The lamps burn all night.\n");
        await _work.SyncAsync();
        foreach (var line in Units.SelectMany(File.ReadLines).Where(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)))
        {
            string[] arguments = [.. line["ExecStart=".Length..].Split(' ')[1..]];
            var untilEmpty = arguments[0] == "worker" ? ["--until-empty"] : Array.Empty<string>();
            string[] listen = arguments[0] == "serve" ? ["--listen", "http://127.0.0.1:0"] : [];
            using var process = _work.Start([.. arguments, .. untilEmpty, .. listen]);
            if (arguments[0] == "serve")
            {
                await Awaiting.FactAsync("it listens", () => process.HasExited || process.ErrorsSoFar.Contains("Now listening", StringComparison.Ordinal));
                process.Signal("-TERM");
            }

            if (arguments[0] == "watch")
            {
                await Awaiting.FactAsync("it watches", () => process.HasExited || process.ErrorsSoFar.Contains("watching:", StringComparison.Ordinal));
                process.Signal("-TERM");
            }

            (await process.FinishAsync()).ShouldExit(arguments[0] == "watch" ? 130 : 0);
        }
    }
}
