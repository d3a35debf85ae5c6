using System.Collections;
using Shouldly;
using Tidemark.Composition;
using Tidemark.Composition.Configuration;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Configuration;

/// <summary>Databases that are asked again and again.</summary>
public sealed class SqlSettingsTests : IDisposable
{
    private const string Table = """{ "product": { "id": "p/{id}", "text": "{name}", "metadata": ["price"], "updated": ["updated_at", "created_at"], "deleted": "gone" } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void They_are_sources_as_others_are()
    {
        var settings = Load($$"""{ "cleanup": "incremental", "sources": { "shop": { "sql": "mysql://u@h/d", "overlap": "2m", "reconcile": "every 12h", "schedule": "every 30s", "tables": {{Table}} } } }""");

        var source = settings.Sources.ShouldHaveSingleItem();
        (source.Name, source.Type, source.Path, source.Cleanup).ShouldBe(("shop", SourceType.Sql, "sql:shop", null));
        var sql = source.Sql.ShouldNotBeNull();
        sql.Overlap.ShouldBe(TimeSpan.FromMinutes(2));
        var last = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        sql.IsDue.ShouldNotBeNull()(last, last.AddHours(11)).ShouldBeFalse();
        sql.IsDue!(last, last.AddHours(13)).ShouldBeTrue();
        var table = sql.Tables.ShouldHaveSingleItem();
        (table.Name, table.Id, table.Text, table.Deleted).ShouldBe(("product", "p/{id}", "{name}", "gone"));
        table.Updated.ShouldBe(["updated_at", "created_at"]);
        settings.Schedules.Jobs.ShouldHaveSingleItem().Sources.ShouldBe(["shop"]);
        new SourceResolver(settings, _folder, new SettingValues()).Resolve(["shop"], required: true).ShouldHaveSingleItem().Sql.ShouldBe(sql);
    }

    [Fact]
    public void They_have_to_be_trusted_and_show_no_password()
    {
        var reach = Load($$"""{ "sources": { "shop": { "sql": "mysql://u:hush@h:1/d", "tables": {{Table}} } } }""").Reach.ShouldHaveSingleItem();

        (reach.Name, reach.NeedsTrust).ShouldBe(("sources.shop.sql", true));
        reach.Shown.ShouldBe("mysql://h:1/d  (the tables product)");
    }

    [Theory]
    [InlineData("""{ "sql": "oracle://h/d", "tables": { "t": { "id": "{a}", "text": "{b}" } } }""", "cannot be read as an address")]
    [InlineData("""{ "sql": "mysql://h", "tables": { "t": { "id": "{a}", "text": "{b}" } } }""", "cannot be read as an address")]
    [InlineData("""{ "sql": "env:X", "tables": { } }""", "names no tables")]
    [InlineData("""{ "sql": "env:X", "tables": { "t": { "id": "{a}" } } }""", "lacks 'id' or 'text'")]
    [InlineData("""{ "sql": "env:X", "overlap": "soon", "tables": { "t": { "id": "{a}", "text": "{b}" } } }""", "overlap' is 'soon'")]
    [InlineData("""{ "sql": "env:X", "reconcile": "realtime", "tables": { "t": { "id": "{a}", "text": "{b}" } } }""", "reconcile' is 'realtime'")]
    public void Mistakes_are_told(string source, string message) =>
        Should.Throw<ConfigurationException>(() => Load($$"""{ "sources": { "shop": {{source}} } }""")).Message.ShouldContain(message);

    [Theory]
    [InlineData("mysql://u:p%40ss@[::1]:3307/shop?SslMode=Required", "::1", 3307, "u", "p@ss", "shop")]
    [InlineData("mariadb://h/shop", "h", null, null, null, "shop")]
    public void Addresses_are_read(string url, string host, int? port, string? user, string? password, string database)
    {
        var address = SqlAddress.Parse(url).ShouldNotBeNull();
        (address.Kind, address.Host, address.Port, address.User, address.Password, address.Database).ShouldBe((SqlKind.MySql, host, port, user, password, database));
        address.ToString().ShouldNotContain("p@ss");
    }

    private TidemarkSettings Load(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "tidemark.json"), json);
        return ConfigurationLoader.Load(_folder, new Hashtable(), new SettingLayer("the command line"));
    }
}
