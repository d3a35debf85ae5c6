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
        ["Tidemark.Chroma", "Tidemark.Core", "Tidemark.Formats", "Tidemark.OpenAI", "Tidemark.Postgres", "Tidemark.Sqlite"];

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

    [Fact]
    public async Task A_program_that_refers_to_the_libraries_builds_without_a_warning_and_runs()
    {
        var folder = Directory.CreateDirectory(feed.PathOf("consumer")).FullName;
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Sources(), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), Project(), cancellation);
        File.Copy(Path.Combine(RepositoryFile.Root, "samples/QuickStart/Program.cs"), Path.Combine(folder, "Program.cs"));

        var built = await feed.DotnetAsync(folder, "build", "-c", "Release", "-warnaserror");
        var ran = await feed.RunAsync(Path.Combine(folder, "bin/Release/net10.0/Consumer"), folder, Handbook);

        built.ShouldContain("0 Warning(s)");
        ran.ShouldContain("16 new");
        ran.ShouldContain("in step");
    }

    [Fact]
    public void Everything_has_one_version()
    {
        var version = ProductVersion.Text;

        Directory.GetFiles(feed.Packages).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            [.. Libraries.Select(library => $"{library}.{version}.nupkg"), $"tidemark.{version}.nupkg"]);
        FirstHeading().Match(RepositoryFile.Read("CHANGELOG.md")).Groups["version"].Value.ShouldBe(version);
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

    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            {string.Join('\n', Libraries.Select(library => $"""<PackageReference Include="{library}" Version="{ProductVersion.Text}" />"""))}
            <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.15" />
          </ItemGroup>
        </Project>
        """;

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstHeading();
}
