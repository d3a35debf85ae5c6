using Shouldly;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Composition;

public sealed class SourceResolverTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;
    private readonly SettingValues _flags = new();
    private readonly List<SourceSettings> _configured = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_directory_is_named_from_the_root_and_found_from_the_working_directory()
    {
        var below = Directory.CreateDirectory(Path.Combine(_root, "site", "docs")).Parent!.FullName;

        var source = Resolve(below, "docs").ShouldHaveSingleItem();

        source.Name.ShouldBe("site/docs");
        source.Type.ShouldBe(SourceType.Directory);
    }

    [Fact]
    public void Ad_hoc_JSON_lines_are_one_source_whatever_they_are_called()
    {
        Touch("a.jsonl", "b.ndjson");

        var sources = Resolve(_root, "a.jsonl", "b.ndjson", "-");

        sources.Select(s => s.Name).ShouldBe(["jsonl", "jsonl", "jsonl"]);
        new SourceFactory(Settings, cleanup: null, TimeProvider.System) { StandardInput = _ => Stream.Null }.Create(sources).Count.ShouldBe(1);
    }

    [Fact]
    public void The_same_source_named_twice_is_taken_once()
    {
        Touch("a.jsonl");

        Resolve(_root, "a.jsonl", "./a.jsonl").Count.ShouldBe(1);
    }

    [Fact]
    public void A_configured_name_that_is_also_a_path_here_is_refused_with_words_for_both()
    {
        Directory.CreateDirectory(Path.Combine(_root, "sub", "docs"));
        _configured.Add(Configured("docs", "docs"));
        var below = Path.Combine(_root, "sub");

        var failure = Should.Throw<TidemarkException>(() => Resolve(below, "docs"));

        failure.Code.ShouldBe(ErrorCodes.Usage);
        failure.Remedy.ShouldBe("say 'tidemark sync ./docs' for the former, 'tidemark sync ../docs' for the latter");
        Resolve(below, "./docs").Single().Name.ShouldBe("sub/docs");
        Resolve(below, "../docs").Single().Path.ShouldBe(Path.Combine(_root, "docs"));
    }

    [Fact]
    public void A_folder_that_would_be_called_as_a_configured_source_is_advised_with_a_name_of_its_own()
    {
        Directory.CreateDirectory(Path.Combine(_root, "notes"));
        Directory.CreateDirectory(Path.Combine(_root, "sub", "notes"));
        _configured.Add(Configured("notes", "sub/notes"));

        Should.Throw<TidemarkException>(() => Resolve(_root, "notes")).Remedy
            .ShouldBe("say 'tidemark sync ./notes --source-name NAME' for the former, 'tidemark sync sub/notes' for the latter");
    }

    [Fact]
    public void A_configured_name_that_is_also_a_file_here_is_refused_with_what_can_be_synced()
    {
        Directory.CreateDirectory(Path.Combine(_root, "handbook"));
        Touch("notes");
        _configured.Add(Configured("notes", "handbook"));

        var failure = Should.Throw<TidemarkException>(() => Resolve(_root, "notes"));

        failure.Code.ShouldBe(ErrorCodes.Usage);
        failure.Remedy.ShouldBe("say 'tidemark sync handbook' for the latter");
        Resolve(_root, "handbook").Single().Name.ShouldBe("notes");
    }

    [Fact]
    public void A_folder_whose_name_a_configured_source_elsewhere_has_needs_another_one()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs"));
        _configured.Add(Configured("docs", "elsewhere"));

        Code(() => Resolve(_root, "docs")).ShouldBe(ErrorCodes.Usage);
        var failure = Should.Throw<TidemarkException>(() => Resolve(_root, "./docs"));
        failure.Remedy.ShouldContain("--source-name");

        _flags.Set(SettingPaths.SourceName, "other");
        Resolve(_root, "./docs").Single().Name.ShouldBe("other");
    }

    [Fact]
    public void A_configured_name_that_is_no_path_here_is_that_source()
    {
        Directory.CreateDirectory(Path.Combine(_root, "sub"));
        _configured.Add(Configured("docs", "docs"));

        Resolve(Path.Combine(_root, "sub"), "docs").Single().Path.ShouldBe(Path.Combine(_root, "docs"));
    }

    [Theory]
    [InlineData("docs/guide", "docs", "guide")]
    [InlineData("docs/guide/deep", "docs", "guide/deep")]
    [InlineData("docs2", "docs2", null)]
    [InlineData("docs", "docs", null)]
    public void A_folder_inside_a_source_is_that_part_of_it(string path, string name, string? part)
    {
        Directory.CreateDirectory(Path.Combine(_root, path));

        var source = Settle(Resolve(_root, path), "docs", "jsonl").ShouldHaveSingleItem();

        source.Name.ShouldBe(name);
        source.Parts.ShouldBe(part is null ? [] : [part]);
        source.Path.ShouldBe(Path.Combine(_root, name));
    }

    [Fact]
    public void It_is_that_part_by_the_settings_of_a_configured_source()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs", "guide"));
        _configured.Add(Configured("handbook", "docs") with { Exclude = ["drafts"] });

        var source = Settle(Resolve(_root, "docs/guide")).Single();

        (source.Name, source.Parts.Single(), source.Exclude.Single()).ShouldBe(("handbook", "guide", "drafts"));
    }

    [Fact]
    public void The_name_of_the_source_around_it_does_not_make_it_another_one()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs", "guide"));
        _flags.Set(SettingPaths.SourceName, "docs");

        var source = Settle(Resolve(_root, "docs/guide"), "docs").Single();

        (source.Path, source.Parts.Single()).ShouldBe((Path.Combine(_root, "docs"), "guide"));
    }

    [Fact]
    public void A_name_of_its_own_makes_it_a_source_of_its_own()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs", "guide"));
        _flags.Set(SettingPaths.SourceName, "guide");

        var source = Settle(Resolve(_root, "docs/guide"), "docs").Single();

        (source.Name, source.Parts.Count).ShouldBe(("guide", 0));
    }

    [Fact]
    public void A_folder_that_is_a_source_already_stays_one()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs", "guide"));

        Settle(Resolve(_root, "docs/guide"), "docs", "docs/guide").Single().Parts.ShouldBeEmpty();
    }

    [Fact]
    public void Parts_of_one_source_are_put_together_and_the_whole_contains_them()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs", "guide", "deep"));
        Directory.CreateDirectory(Path.Combine(_root, "docs", "api"));

        Settle(Resolve(_root, "docs/guide/deep", "docs/guide", "docs/api"), "docs").Single().Parts
            .ShouldBe(["guide", "api"], ignoreOrder: true);
        Settle(Resolve(_root, "docs/guide", "docs")).Single().Parts.ShouldBeEmpty();
    }

    [Fact]
    public void A_configured_source_is_also_meant_by_its_path()
    {
        Directory.CreateDirectory(Path.Combine(_root, "docs"));
        _configured.Add(Configured("handbook", "docs"));

        Resolve(_root, "docs/").Single().Name.ShouldBe("handbook");
    }

    [Fact]
    public void Without_arguments_all_configured_sources_are_meant()
    {
        _configured.Add(Configured("a", "a"));
        _configured.Add(Configured("b", "b"));

        Resolve(_root).Select(s => s.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Flags_win_over_what_a_configured_source_says()
    {
        _configured.Add(Configured("a", "a") with { Exclude = ["x"], IgnoreFiles = true });
        _flags.Set(SettingPaths.Exclude, new[] { "y" });
        _flags.Set(SettingPaths.IgnoreFiles, false);

        var source = Resolve(_root, "a").Single();

        source.Exclude.ShouldBe(["y"]);
        source.IgnoreFiles.ShouldBeFalse();
    }

    [Fact]
    public void No_source_at_all_is_a_usage_error() => Code(() => Resolve(_root)).ShouldBe(ErrorCodes.Usage);

    [Fact]
    public void A_path_that_is_not_there_is_missing_and_a_near_name_is_suggested()
    {
        _configured.Add(Configured("handbook", "docs"));

        var failure = Should.Throw<TidemarkException>(() => Resolve(_root, "handbok"));

        failure.Code.ShouldBe(ErrorCodes.SourceMissing);
        failure.Remedy.ShouldContain("'handbook'");
    }

    [Fact]
    public void Another_kind_of_file_is_a_usage_error_with_the_way_out()
    {
        Touch("notes.md");

        var failure = Should.Throw<TidemarkException>(() => Resolve(_root, "notes.md"));

        failure.Code.ShouldBe(ErrorCodes.Usage);
        failure.Remedy.ShouldNotContain("--include", customMessage: "a narrower listing deletes the rest");
    }

    [Fact]
    public void One_name_for_two_directories_is_a_usage_error()
    {
        Directory.CreateDirectory(Path.Combine(_root, "a"));
        Directory.CreateDirectory(Path.Combine(_root, "b"));
        _flags.Set(SettingPaths.SourceName, "both");

        Code(() => Settle(Resolve(_root, "a", "b"))).ShouldBe(ErrorCodes.Usage);
    }

    [Fact]
    public void A_key_and_a_template_for_the_same_thing_are_a_usage_error()
    {
        Touch("a.jsonl");
        _flags.Set(SettingPaths.TextKey, "body");
        _flags.Set(SettingPaths.TextTemplate, "{body}");

        Code(() => Resolve(_root, "a.jsonl")).ShouldBe(ErrorCodes.Usage);
    }

    private static string Code(Action action) => Should.Throw<TidemarkException>(action).Code;

    private SourceSettings Configured(string name, string path) => new()
    {
        Name = name,
        Path = Path.Combine(_root, path),
        Given = path,
        Type = SourceType.Directory,
    };

    private TidemarkSettings Settings => new()
    {
        Root = _root,
        Store = new StoreLocation(Path.Combine(_root, "x.db")),
        Namespace = "default",
        Sources = _configured,
    };

    private IReadOnlyList<SourceSettings> Resolve(string folder, params string[] arguments) =>
        new SourceResolver(Settings, folder, _flags).Resolve(arguments, required: true);

    private IReadOnlyList<SourceSettings> Settle(IReadOnlyList<SourceSettings> sources, params string[] registered) =>
        new SourceResolver(Settings, _root, _flags).Settle(sources, new RegisteredSources(registered, new Dictionary<string, string>(StringComparer.Ordinal)));

    private void Touch(params string[] names)
    {
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(_root, name), "");
        }
    }
}
