using System.Diagnostics;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The executable where no file may grow beyond a limit, which stands in for a full disk.</summary>
internal static class SmallDisk
{
    /// <param name="kibibytes">That a file may have.</param>
    public static async Task<ProcessResult> RunAsync(Workspace work, int kibibytes, params string[] arguments)
    {
        // The runtime must not map its code through files then.
        var limited = new ProcessStartInfo(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f {kibibytes}; export DOTNET_EnableWriteXorExecute=0; exec \"$0\" \"$@\"",
                TidemarkProcess.Executable,
                .. arguments,
            ])
        {
            WorkingDirectory = work.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(limited)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new ProcessResult(
            $"tidemark {string.Join(' ', arguments)} on a full disk", process.ExitCode, output, await errors);
    }
}
