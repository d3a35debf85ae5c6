using System.Collections;
using Shouldly;
using Tidemark.Cli.Starting;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;
    private readonly Hashtable _environment = [];
    private readonly SettingLayer _flags = new("the command line");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_anything_there_are_the_defaults()
    {
        var settings = Load();

        settings.Store.Path.ShouldBe(Path.Combine(_folder, ".tidemark", "tidemark.db"));
        settings.Namespace.ShouldBe("default");
        settings.Pipeline.ShouldBe(new PipelineSettings());
        settings.Sources.ShouldBeEmpty();
        settings.GuardMaxDocuments.ShouldBe(10);
        settings.GuardMaxShare.ShouldBe(0.2);
        settings.AppendOnly.ShouldBeFalse();
    }

    [Fact]
    public void Flags_win_over_the_environment_and_that_over_the_file()
    {
        Write("""
            { "namespace": "file", "chunking": { "chunker": "none", "size": 500 }, "guard": { "maxDocuments": 1 } }
            """);
        _environment["TIDEMARK__NAMESPACE"] = "environment";
        _environment["tidemark__chunking__size"] = "600";
        _flags.Values.Set(SettingPaths.Namespace, "flag");

        var settings = Load();

        settings.Namespace.ShouldBe("flag");
        settings.Pipeline.ChunkSize.ShouldBe(600);
        settings.Pipeline.Chunker.ShouldBe("none");
        settings.GuardMaxDocuments.ShouldBe(1);
    }

    [Theory]
    [InlineData("hashing:64", null, null, null, "hashing:64")]
    [InlineData("hashing:64", "128", null, null, "hashing:128")]
    [InlineData(null, "128", null, null, "hashing:128")]
    [InlineData("hashing", "128", null, null, "hashing:128")]
    [InlineData(null, null, "hashing:32", null, "hashing:32")]
    [InlineData("hashing:64", null, null, "hashing:256", "hashing:256")]
    [InlineData(null, "128", "hashing:32", "hashing", "hashing:32")]
    public void The_embedder_comes_from_model_and_dimensions(
        string? model, string? dimensions, string? shared, string? flag, string expected)
    {
        Write(model is null ? "{}" : $$"""{ "embedding": { "model": "{{model}}" } }""");
        _environment["EMBED_MODEL"] = shared;
        _environment[shared is null ? "EMBED_DIMENSIONS" : "UNRELATED"] = dimensions;
        if (flag is not null)
        {
            _flags.Values.Set(SettingPaths.EmbeddingModel, flag);
        }

        Load().Pipeline.Embedder!.Name.ShouldBe(expected);
    }

    [Fact]
    public void The_shared_variables_are_weaker_than_our_own()
    {
        _environment["EMBED_MODEL"] = "hashing:32";
        _environment["TIDEMARK__EMBEDDING__MODEL"] = "hashing:64";

        Load().Pipeline.Embedder!.Name.ShouldBe("hashing:64");
    }

    [Fact]
    public void Mistakes_of_every_layer_are_reported_at_once()
    {
        Write("""
            { "chunkin": 1, "store": "floppy:a", "embedding": { "model": "crystal:1" }, "guard": { "maxShare": 2 } }
            """);
        _environment["TIDEMARK__CHUNKING__SISE"] = "1";
        _flags.Mistakes.Add(new ConfigurationMistake("'--chunk-size' is 'x'", "Make it a number."));

        var failure = Should.Throw<ConfigurationException>(Load);

        failure.Mistakes.Count.ShouldBe(6);
        string[] places =
            ["chunkin", "floppy:a", "crystal:1", "guard.maxShare", "TIDEMARK__CHUNKING__SISE", "--chunk-size"];
        foreach (var place in places)
        {
            failure.Message.ShouldContain(place);
        }

        failure.Remedy.ShouldContain("TIDEMARK__CHUNKING__SIZE");
    }

    [Fact]
    public void A_namespace_can_be_append_only()
    {
        Write("""{ "namespaces": { "audit": { "appendOnly": true } } }""");

        Load().AppendOnly.ShouldBeFalse();
        _flags.Values.Set(SettingPaths.Namespace, "audit");
        Load().AppendOnly.ShouldBeTrue();
    }

    [Fact]
    public void The_environment_can_make_a_namespace_append_only_or_take_it_back()
    {
        Write("""{ "namespace": "audit", "namespaces": { "audit": { "appendOnly": true } } }""");
        _environment["TIDEMARK__NAMESPACES__AUDIT__APPENDONLY"] = "false";

        Load().AppendOnly.ShouldBeFalse();
    }

    [Fact]
    public void Configured_sources_are_named_by_their_path_from_the_file()
    {
        Write("""
            { "cleanup": "none",
              "sources": [
                "docs",
                { "path": "../out", "name": "outside", "cleanup": "full" },
                { "path": "p.jsonl", "idKey": "sku" }
              ] }
            """);

        var sources = Load(Directory.CreateDirectory(Path.Combine(_folder, "below")).FullName).Sources;

        sources.Select(s => s.Name).ShouldBe(["docs", "outside", "p.jsonl"]);
        sources.Select(s => s.Type).ShouldBe([SourceType.Directory, SourceType.Directory, SourceType.JsonLines]);
        sources.Select(s => s.Cleanup).ShouldBe(["none", "full", "none"]);
        sources[0].Path.ShouldBe(Path.Combine(_folder, "docs"));
        sources[2].IdKey.ShouldBe("sku");
    }

    [Fact]
    public void Two_sources_of_one_name_are_a_mistake()
    {
        Write("""{ "sources": [ "docs", { "path": "other", "name": "docs" } ] }""");

        Should.Throw<ConfigurationException>(Load).Message.ShouldContain("'docs'");
    }

    [Fact]
    public void What_init_writes_is_understood_and_sets_nothing_but_the_sources()
    {
        FoundSource[] found =
            [new("docs \"quoted\"", SourceType.Directory, 3), new("lines.jsonl", SourceType.JsonLines, 1)];
        Write(StarterConfiguration.Of(found, new StarterChoices()));

        var settings = Load();

        settings.Sources.Select(s => s.Name).ShouldBe(["docs \"quoted\"", "lines.jsonl"]);
        settings.Pipeline.ShouldBe(new PipelineSettings());
        settings.Store.Path.ShouldBe(Path.Combine(_folder, ".tidemark", "tidemark.db"));
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder, ConfigurationFile.Name), json);

    private TidemarkSettings Load() => Load(_folder);

    private TidemarkSettings Load(string folder) => ConfigurationLoader.Load(folder, _environment, _flags);
}
