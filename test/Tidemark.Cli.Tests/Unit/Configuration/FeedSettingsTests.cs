using System.Collections;
using Shouldly;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

/// <summary>Sources that are databases.</summary>
public sealed class FeedSettingsTests : IDisposable
{
    private const string Table = """{ "public.product": { "id": "p/{id}", "text": "{name}", "metadata": ["price"] } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sources_may_stand_under_their_names_databases_among_them()
    {
        var settings = Load($$"""{ "sources": { "docs": { "path": "handbook" }, "shop": { "postgres": "postgres://u@h/d", "tables": {{Table}} } } }""");

        settings.Sources.ShouldHaveSingleItem().Name.ShouldBe("docs");
        var feed = settings.Feeds.ShouldHaveSingleItem();
        (feed.Name, feed.Address, feed.Slot).ShouldBe(("shop", "postgres://u@h/d", null));
        var table = feed.Tables.ShouldHaveSingleItem();
        (table.Name, table.Id, table.Text).ShouldBe(("public.product", "p/{id}", "{name}"));
        table.Metadata.ShouldBe(["price"]);
    }

    [Fact]
    public void In_a_list_a_database_has_a_name() =>
        Load($$"""{ "sources": [ "docs", { "name": "shop", "postgres": "env:SHOP", "slot": "mine", "tables": {{Table}} } ] }""")
            .Feeds.ShouldHaveSingleItem().Slot.ShouldBe("mine");

    [Fact]
    public void It_has_to_be_trusted_and_shows_no_password()
    {
        var settings = Load($$"""{ "sources": { "shop": { "postgres": "postgres://u:hush@h/d", "tables": {{Table}} } } }""");

        var reach = settings.Reach.ShouldHaveSingleItem();
        (reach.Name, reach.NeedsTrust).ShouldBe(("sources.shop.postgres", true));
        reach.Shown.ShouldContain("public.product");
        reach.Shown.ShouldNotContain("hush");
    }

    [Theory]
    [InlineData("""{ "postgres": "env:SHOP", "slot": "other", "tables": { "t": { "id": "{id}", "text": "{a}", "metadata": ["b"] } } }""")]
    [InlineData("""{ "postgres": "env:SHOP", "tables": { "t": { "id": "x{id}", "text": "{a}", "metadata": ["b"] } } }""")]
    [InlineData("""{ "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{secret}", "metadata": ["b"] } } }""")]
    [InlineData("""{ "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{a}", "metadata": ["b", "secret"] } } }""")]
    [InlineData("""{ "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{a}", "metadata": ["b"], "expiresAt": "c" } } }""")]
    [InlineData("""{ "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{a}", "metadata": ["b"], "tier": "c" } } }""")]
    public void What_was_trusted_is_all_that_is_read(string other)
    {
        const string trusted = """{ "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{a}", "metadata": ["b"] } } }""";

        FingerprintOf(other).ShouldNotBe(FingerprintOf(trusted));

        string FingerprintOf(string feed) => TrustFingerprint.Of(Load($$"""{ "sources": { "shop": {{feed}} } }""").Reach);
    }

    [Theory]
    [InlineData("""{ "sources": [ { "postgres": "env:SHOP", "tables": { "t": { "id": "{id}", "text": "{a}" } } } ] }""", "has no 'name'")]
    [InlineData("""{ "sources": { "shop": { "postgres": "mysql://u:hush@h/d", "tables": { "t": { "id": "{id}", "text": "{a}" } } } } }""", "cannot be read as an address")]
    [InlineData("""{ "sources": { "shop": { "postgres": "env:SHOP" } } }""", "names no tables")]
    [InlineData("""{ "sources": { "shop": { "postgres": "env:SHOP", "tables": { "t": { "id": "{id}" } } } } }""", "lacks 'id' or 'text'")]
    [InlineData("""{ "sources": { "shop": { "postgres": "env:SHOP", "tables": { "t": { "id": "{id", "text": "{a}" } } } } }""", "is broken")]
    [InlineData("""{ "sources": { "shop": { "postgres": "env:SHOP", "slot": "My-Slot", "tables": { "t": { "id": "{id}", "text": "{a}" } } } } }""", "'My-Slot'")]
    [InlineData("""{ "sources": { "shop": { "postgres": "env:SHOP", "tabels": {}, "tables": { "t": { "id": "{id}", "text": "{a}" } } } } }""", "tabels")]
    public void Mistakes_are_told_without_the_address(string json, string message)
    {
        var mistake = Should.Throw<ConfigurationException>(() => Load(json));

        mistake.Message.ShouldContain(message);
        mistake.Message.ShouldNotContain("hush");
    }

    private TidemarkSettings Load(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "tidemark.json"), json);
        return ConfigurationLoader.Load(_folder, new Hashtable(), new SettingLayer("the command line"));
    }
}
