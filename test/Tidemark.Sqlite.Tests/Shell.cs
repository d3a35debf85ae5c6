using System.Diagnostics;
using Shouldly;

namespace Tidemark.Sqlite.Tests;

/// <summary>For what the platform's classes cannot make: pipes, second names.</summary>
internal static class Shell
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
