using Shouldly;
using Tidemark.Sources;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Conformance.Sources;

/// <summary>Messages of Singer.</summary>
public abstract class SingerConformance : ConnectorConformance
{
    private const string Schema = """{"type":"SCHEMA","stream":"notes","schema":{},"key_properties":["id"]}""";

    protected override ConnectorFormat Format => ConnectorFormat.Singer;

    [Fact]
    public async Task A_version_that_is_active_already_takes_nothing_away()
    {
        var world = new ConnectorWorld(Format);
        await SyncAsync(world, world.Of([Activate(7), .. Records(7, 1, 20)]));

        var report = await SyncAsync(world, world.Of([Activate(7), .. Records(7, 21, 3), State("x")]), AllowDelete);

        (report.Outcome, report.Documents.Added, report.Documents.Deleted).ShouldBe((Tidemark.Records.RunOutcome.Succeeded, 3, 0));
        world.States.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_that_began_in_an_earlier_listing_takes_nothing_away_when_the_rest_of_it_came()
    {
        var world = new ConnectorWorld(Format);
        await SyncAsync(world, world.Of([.. Records(1, 1, 20), Activate(1), State("one")]));
        var cut = await SyncAsync(world, world.Of([.. Records(2, 1, 10), State("half")]), AllowDelete);
        (cut.Outcome, cut.Errors.Single().Code).ShouldBe((Tidemark.Records.RunOutcome.Partial, ErrorCodes.SourceIncomplete));
        world.States.ShouldBe(["""{"at":"one"}""", """{"at":"half"}"""]);

        var rest = await SyncAsync(world, world.Of([.. Records(2, 11, 5), Activate(2), State("two")]), AllowDelete);

        (rest.Outcome, rest.Documents.Deleted).ShouldBe((Tidemark.Records.RunOutcome.Succeeded, 0));
        (await SyncAsync(world, world.Of([.. Records(3, 1, 15), Activate(3), State("three")]), AllowDelete)).Documents.Deleted.ShouldBe(5);
    }

    [Fact]
    public async Task A_stream_that_is_whole_says_nothing_of_another()
    {
        var world = new ConnectorWorld(Format);
        string[] other = ["""{"type":"SCHEMA","stream":"other","key_properties":["a","b"]}""", """{"type":"RECORD","stream":"other","record":{"a":"x/y","b":1,"text":"of another stream"}}"""];
        await SyncAsync(world, world.Of([.. Records(1, 1, 5), .. other, Activate(1)]));

        (await SyncAsync(world, world.Of([.. Records(2, 1, 4), Activate(2)]), AllowDelete)).Documents.Deleted.ShouldBe(1);

        var ids = new List<string>();
        await foreach (var document in Store.Reader.DocumentsAsync("default", "shop/other/", CancellationToken.None))
        {
            ids.Add(document.Id);
        }

        ids.ShouldBe(["shop/other/x%2Fy/1"]);
    }

    [Fact]
    public async Task A_deletion_is_one_and_fields_of_the_connector_s_own_are_nothing()
    {
        var world = new ConnectorWorld(Format);
        await SyncAsync(world, world.Of(Records(1, 1, 3)));

        var report = await SyncAsync(world, world.Of(
            Schema, """{"type":"RECORD","stream":"notes","record":{"id":"d1","text":"number 1","_sdc_deleted_at":"2026-01-01T00:00:00Z"}}""",
            """{"type":"RECORD","stream":"notes","record":{"id":"d2","text":"number 2","_sdc_deleted_at":null,"_sdc_sequence":12}}"""));

        (report.Documents.Deleted, report.Documents.Skipped).ShouldBe((1, 1));
    }

    private static string[] Records(long version, int first, int count) =>
        [Schema, .. Numbered(first, count).Select(one => $"{{\"type\":\"RECORD\",\"stream\":\"notes\",\"version\":{version},\"record\":{{\"id\":\"{one.Id}\",\"text\":\"{one.Text}\"}}}}")];

    private static string Activate(long version) => $"{{\"type\":\"ACTIVATE_VERSION\",\"stream\":\"notes\",\"version\":{version}}}";

    private static string State(string at) => $"{{\"type\":\"STATE\",\"value\":{{\"at\":\"{at}\"}}}}";
}
