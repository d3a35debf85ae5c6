using System.ComponentModel;
using System.Diagnostics;
using Shouldly;

namespace Tidemark.Tests.Sources;

/// <summary>The real git, to compare with.</summary>
internal static class Git
{
    private static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            Start(".", ["--version"]);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public static bool IsInstalled => Installed.Value;

    public static void Run(string folder, params string[] arguments) => Start(folder, arguments).ShouldBe(0);

    public static bool Ignores(string folder, string path) => Start(folder, ["check-ignore", "-q", "--", path]) == 0;

    private static int Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
