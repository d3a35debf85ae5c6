using System.Diagnostics;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Servers of a test's own, by <c>eng/services</c>.</summary>
internal static class TestServices
{
    /// <summary>What an instance is called.</summary>
    public const string Instance = "TIDEMARK_SERVICES";

    /// <summary>The value of a variable that was printed.</summary>
    public static string Of(string lines, string variable) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Single(line => line.Contains(variable + '=', StringComparison.Ordinal)).Split('=', 2)[1].Trim('\'', '"');

    public static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "eng", "services"), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"eng/services {string.Join(' ', arguments)} failed");
    }

    /// <summary>Of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
        }

        return folder.FullName;
    }
}
