using System.Reflection;
using Shouldly;
using Xunit;

namespace Tidemark.Library.Tests;

/// <summary>No public member comes, goes or changes without somebody meaning it.</summary>
public sealed class PublicApiTests
{
    private const string Remedy =
        "the public surface has changed. If that is meant, run these tests once with TIDEMARK_UPDATE_DOCS=1, look at the "
        + "difference, and name what breaks programs in CHANGELOG.md";

    public static TheoryData<string> Libraries =>
        [.. Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "src"))
            .Select(d => Path.GetFileName(d)!)
            .Where(name => name is not ("Tidemark.Cli" or "Tidemark.Composition" or "Tidemark.Service" or "Tidemark.Embedded") && File.Exists(Path.Combine(RepositoryFiles.Root, "src", name, name + ".csproj")))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_that_was_agreed_on(string library)
    {
        var surface = PublicSurface.Of(Assembly.Load(library), type => !IsPage(type));

        surface.ShouldNotBeEmpty();
        RepositoryFiles.ShouldBe($"src/{library}/PublicApi.txt", surface, Remedy);
    }

    /// <summary>Razor makes its components public; nobody can use those of the dashboard, whose models are not.</summary>
    private static bool IsPage(Type type) =>
        type.FullName!.StartsWith("Tidemark.Server.Dashboard.", StringComparison.Ordinal)
        && (type.Name == "_Imports" || type.GetInterfaces().Any(one => one.FullName == "Microsoft.AspNetCore.Components.IComponent"));

    [Fact]
    public void A_surface_names_types_members_and_what_they_take()
    {
        var surface = PublicSurface.Of(typeof(PublicSurfaceExample).Assembly, t => t == typeof(PublicSurfaceExample));

        surface.ReplaceLineEndings("\n").ShouldBe("""
            abstract class Tidemark.Library.Tests.PublicSurfaceExample : IDisposable
              protected PublicSurfaceExample(string name, int? size = null)
              const int Most = 3
              protected virtual T Change<T>(T value)
              abstract void Dispose()
              static Task<IReadOnlyList<string>> FindAsync(Func<string, bool> choose, params string[] names)
              required string Name { get; init; }

            """.ReplaceLineEndings("\n"));
    }
}
