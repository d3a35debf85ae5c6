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

    /// <summary>Who commits.</summary>
    public static readonly string[] Person = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org"];

    public static bool IsInstalled => Installed.Value;

    public static void Run(string folder, params string[] arguments) => Start(folder, arguments).ShouldBe(0);

    public static bool Ignores(string folder, string path) => Start(folder, ["check-ignore", "-q", "--", path]) == 0;

    public static string Output(string folder, params string[] arguments)
    {
        Start(folder, arguments, out var output).ShouldBe(0);
        return output.Trim();
    }

    /// <param name="folder">Where it runs.</param>
    /// <param name="input">On its standard input.</param>
    /// <param name="arguments">Each as it is.</param>
    public static void Feed(string folder, string input, params string[] arguments) => Start(folder, arguments, out _, input).ShouldBe(0);

    private static int Start(string folder, string[] arguments) => Start(folder, arguments, out _);

    private static int Start(string folder, string[] arguments, out string output, string? input = null)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
