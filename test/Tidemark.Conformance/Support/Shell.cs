using System.Diagnostics;
using Shouldly;

namespace Tidemark.Conformance.Support;

/// <summary>For what the platform's classes cannot do: pipes, second names, names that are no text, paths beyond the system's limit.</summary>
public static class Shell
{
    public static void Run(string folder, string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, process.StandardError.ReadToEnd());
    }
}
