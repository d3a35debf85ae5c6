using System.IO.Compression;
using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Tests.Unit.Documentation;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Installing;

/// <summary>What a user installs, from packages in a folder.</summary>
public sealed partial class InstallTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private static readonly string[] Libraries =
        ["Tidemark.Chroma", "Tidemark.Core", "Tidemark.Formats", "Tidemark.Hosting", "Tidemark.Mcp", "Tidemark.OpenAI", "Tidemark.Postgres", "Tidemark.Server", "Tidemark.Sqlite"];

    /// <summary>Brings the engine, the embedded store and the formats.</summary>
    private const string Meta = "Tidemark.Embedded";

    /// <summary>For tests: an index in memory, and the suites that adapters have to pass.</summary>
    private const string Testing = "Tidemark.Testing";

    /// <summary>A web application has it anyway.</summary>
    private const string Container = """<PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.15" />""";

    private static string Handbook => Path.Combine(RepositoryFile.Root, "samples/handbook");

    [Fact]
    public async Task The_tool_is_installed_by_the_command_s_name_and_runs()
    {
        var folder = feed.PathOf("tool");
        await feed.DotnetAsync(feed.Packages, "tool", "install", "tidemark", "--tool-path", folder, "--add-source", feed.Packages);
        var tidemark = Path.Combine(folder, "tidemark");

        (await feed.RunAsync(tidemark, folder, "--version")).Trim().ShouldBe($"tidemark {ProductVersion.Text}");
        (await feed.RunAsync(tidemark, folder, "sync", Handbook, "--store", "sqlite:tool.db")).ShouldContain("16 new");
        (await feed.RunAsync(tidemark, folder, "search", "pontoons in a storm", "--store", "sqlite:tool.db")).ShouldContain("storm.md");
        Directory.EnumerateFiles(folder, "libe_sqlite3.so", SearchOption.AllDirectories).ShouldNotBeEmpty();
        Directory.EnumerateFiles(folder, "*.a", SearchOption.AllDirectories).ShouldBeEmpty("nothing that runs links anything");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_refers_to_the_packages_builds_without_a_warning_and_runs(bool toOneOnly)
    {
        string[] packages = toOneOnly ? [Meta] : Libraries;
        var folder = Directory.CreateDirectory(feed.PathOf($"consumer-{packages.Length}")).FullName;
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources(), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), Project(packages, more: Container), cancellation);
        File.Copy(Path.Combine(RepositoryFile.Root, "samples/QuickStart/Program.cs"), Path.Combine(folder, "Program.cs"));

        var built = await feed.DotnetAsync(folder, "build", "-c", "Release", "-warnaserror");
        var ran = await feed.RunAsync(Path.Combine(folder, "bin/Release/net10.0/Consumer"), folder, Handbook);

        built.ShouldContain("0 Warning(s)");
        ran.ShouldContain("16 new");
        ran.ShouldContain("in step");
    }

    [Fact]
    public async Task A_web_application_of_ten_lines_serves_an_index()
    {
        var folder = Directory.CreateDirectory(feed.PathOf("web")).FullName;
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources(), cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Web.csproj"), Project(["Tidemark.Server", "Tidemark.Sqlite"], "Microsoft.NET.Sdk.Web"), cancellation);
        var program = FirstProgram().Match(RepositoryFile.Read("docs/service.md")).Groups["code"].Value;
        program.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeInRange(5, 10);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, cancellation);

        (await feed.DotnetAsync(folder, "build", "-c", "Release", "-warnaserror")).ShouldContain("0 Warning(s)");
        using var served = TidemarkProcess.Start(
            folder, ["--urls", "http://127.0.0.1:0"], new Dictionary<string, string>(), Path.Combine(folder, "bin/Release/net10.0/Web"));
        await Awaiting.FactAsync("it listens", () => served.HasExited || Listening().IsMatch(served.OutputSoFar));

        using var client = new HttpClient();
        var api = Listening().Match(served.OutputSoFar).Groups["url"].Value + "/tidemark/api";
        using var put = new HttpRequestMessage(HttpMethod.Put, $"{api}/documents/a.md") { Content = new StringContent("A berth for a boat.") };
        put.Headers.Add("Prefer", "wait=60");
        (await client.SendAsync(put, cancellation)).EnsureSuccessStatusCode();
        (await client.GetStringAsync($"{api}/search?query=berth", cancellation)).ShouldContain("a.md");
        served.Signal("-TERM");
        (await served.FinishAsync()).ShouldExit(0);
    }

    [Fact]
    public void Everything_has_one_version()
    {
        var version = ProductVersion.Text;

        Directory.GetFiles(feed.Packages, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            [.. Libraries.Append(Meta).Append(Testing).Append("tidemark").Order(StringComparer.Ordinal).Select(id => $"{id}.{version}.nupkg")]);
        FirstHeading().Match(RepositoryFile.Read("CHANGELOG.md")).Groups["version"].Value.ShouldBe(version);
    }

    [Fact]
    public void Every_package_has_a_page_an_icon_a_licence_and_symbols()
    {
        foreach (var path in Directory.GetFiles(feed.Packages, "*.nupkg"))
        {
            using var package = ZipFile.OpenRead(path);
            using var description = new StreamReader(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            var said = description.ReadToEnd();

            package.GetEntry("README.md").ShouldNotBeNull(path).Length.ShouldBeGreaterThan(200, path);
            package.GetEntry("icon.png").ShouldNotBeNull(path);
            foreach (var part in (string[])["<readme>README.md<", "<icon>icon.png<", "Apache-2.0", "<tags>", "<repository ", "<description>"])
            {
                said.ShouldContain(part, Case.Sensitive, path);
            }

            File.Exists(Path.ChangeExtension(path, ".snupkg")).ShouldBe(!path.Contains(Meta, StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public void The_readme_says_how() =>
        RepositoryFile.Read("README.md").ShouldContain("dotnet tool install --global tidemark --add-source");

    private string Sources() =>
        $"""
        <configuration>
          <packageSources><add key="packed" value="{feed.Packages}" /></packageSources>
          <fallbackPackageFolders><add key="restored" value="{PackedFeed.Restored()}" /></fallbackPackageFolders>
        </configuration>
        """;

    private static string Project(string[] packages, string sdk = "Microsoft.NET.Sdk", string more = "") =>
        $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            {string.Join('\n', packages.Select(library => $"""<PackageReference Include="{library}" Version="{ProductVersion.Text}" />"""))}
            {more}
          </ItemGroup>
        </Project>
        """;

    [GeneratedRegex(@"```csharp\n(?<code>[^`]+)```", RegexOptions.NonBacktracking)]
    private static partial Regex FirstProgram();

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstHeading();
}
