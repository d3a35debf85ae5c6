using Shouldly;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_found_in_a_folder_above()
    {
        var below = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        var path = Write("{}");

        ConfigurationFile.Find(below, home: null).ShouldBe(path);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        var layer = ConfigurationFile.Read(Write("""{ /* a */ "chunking": { "size": 900, }, // b""" + "\n}"));

        layer.Mistakes.ShouldBeEmpty();
        layer.Values.Integer(SettingPaths.ChunkSize).ShouldBe(900);
    }

    [Theory]
    [InlineData("""{ "chunking": { "size": "900" } }""", "'chunking.size'", "a whole number from 64")]
    [InlineData("""{ "chunking": { "size": 1 } }""", "'chunking.size'", "a whole number from 64")]
    [InlineData("""{ "chunking": { "chunker": "axe" } }""", "'chunking.chunker'", "'structured', 'recursive', 'none'")]
    [InlineData("""{ "chunking": 3 }""", "'chunking'", "{ … }")]
    [InlineData("""{ "chunkng": { "size": 900 } }""", "'chunkng'", "'chunking'")]
    [InlineData("""{ "chunking": { "sise": 900 } }""", "'chunking.sise'", "'chunking.size'")]
    [InlineData("""{ "guard": { "overlap": 900 } }""", "'guard.overlap'", "'chunking.overlap'")]
    [InlineData("""{ "source": [] }""", "'source'", "'sources'")]
    [InlineData("""{ "sources": "docs" }""", "'sources'", "path")]
    [InlineData("""{ "sources": [ { } ] }""", "'sources[0]'", "directory")]
    [InlineData("""{ "sources": [ { "path": "a", "excludes": [] } ] }""", "'sources[0].excludes'", "'exclude'")]
    [InlineData("""{ "sources": [ { "path": "a", "include": [ 1 ] } ] }""", "'sources[0].include'", "list of texts")]
    [InlineData("""{ "namespaces": { "a": { "appendOnly": 1 } } }""", "'namespaces.a.appendOnly'", "true or false")]
    [InlineData("""{ "expiry": { "after": "7d" } }""", "'expiry'", "\"after\": \"30d\"")]
    [InlineData("""{ "expiry": [ { "source": "news" } ] }""", "'expiry[0]'", "'after'")]
    [InlineData("""{ "expiry": [ { "after": "7d", "kind": "offer" } ] }""", "'expiry[0].kind'", "configuration.md")]
    [InlineData("""{ "tiers": [ { "path": "a", "tier": "gold" } ] }""", "'tiers[0].tier'", "'premium'")]
    [InlineData("""{ "tiers": [ { "path": "a" } ] }""", "'tiers[0]'", "'tier'")]
    [InlineData("""{ "namespace": "" }""", "'namespace'", "not empty")]
    [InlineData("""{ "cleanup": "full", "cleanup": "none" }""", "'cleanup'", "one of them")]
    [InlineData("[]", "The whole", "{ … }")]
    public void A_mistake_names_the_place_and_the_remedy(string json, string place, string remedy)
    {
        var mistake = ConfigurationFile.Read(Write(json)).Mistakes.ShouldHaveSingleItem();

        mistake.Message.ShouldContain(place);
        mistake.Message.ShouldContain(ConfigurationFile.Name);
        mistake.Remedy.ShouldContain(remedy);
    }

    [Fact]
    public void What_nests_too_deeply_is_not_called_something_that_is_no_JSON()
    {
        var failure = Should.Throw<ConfigurationException>(() => ConfigurationFile.Read(Write($"{{\n  \"x\": {new string('[', 20)}{new string(']', 20)}\n}}")));

        failure.Message.ShouldContain("nests deeper than 16 levels at line 2");
    }

    [Fact]
    public void What_is_not_JSON_is_named_with_its_line()
    {
        var failure = Should.Throw<ConfigurationException>(() => ConfigurationFile.Read(Write("{\n  \"store\" 1\n}")));

        failure.Message.ShouldContain("line 2");
    }

    private string Write(string json)
    {
        var path = Path.Combine(_folder, ConfigurationFile.Name);
        File.WriteAllText(path, json);
        return path;
    }
}
