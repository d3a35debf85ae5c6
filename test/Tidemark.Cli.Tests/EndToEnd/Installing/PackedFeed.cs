using System.Diagnostics;
using Shouldly;
using Tidemark.Cli.Tests.Unit.Documentation;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Installing;

/// <summary>A folder of packages (<c>TIDEMARK_TEST_PACKAGES</c>, else packed from what is built), and a folder outside of the repository to use them in.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>For what hangs: a build beside the other tests of a busy machine takes minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly string? Packed = Environment.GetEnvironmentVariable("TIDEMARK_TEST_PACKAGES") is { Length: > 0 } named ? named : null;

    private readonly string _root = Directory.CreateTempSubdirectory("tidemark-install-").FullName;

    public string Packages => Packed ?? PathOf("packages");

    public string PathOf(string path) => Path.Combine(_root, path);

    public async ValueTask InitializeAsync()
    {
        if (Packed is not null)
        {
            return;
        }

        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        await DotnetAsync(
            RepositoryFile.Root, "pack", "Tidemark.slnx", "-c", framework.Parent!.Name, "--no-build", "-o", Packages, "-v", "q", "--nologo");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <returns>What it printed.</returns>
    public Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync(Host(), folder, arguments);

    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What is restored for these tests stays in their folder; what the packages need is where this repository has it.
        start.Environment["NUGET_PACKAGES"] = PathOf("restored");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start).ShouldNotBeNull();
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>The folder that this repository's packages were restored to.</summary>
    public static string Restored() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named ? named : "dotnet";
}
