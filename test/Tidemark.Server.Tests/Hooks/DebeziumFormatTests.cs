using System.Text;
using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>Change events of Debezium, as connectors send them.</summary>
public sealed class DebeziumFormatTests
{
    private static readonly HookMapping Mapping = new() { Id = "db/{/source/table}/{/row/id}", Text = "{/row/title}\n\n{/row/body}", Metadata = ["price=/row/price"] };

    private static string Payload(string op, string? before, string? after, string source = """{"connector":"postgresql","db":"d","schema":"public","table":"products","lsn":24023128,"ts_ms":1700000000123}""") =>
        $$"""{"before":{{before ?? "null"}},"after":{{after ?? "null"}},"source":{{source}},"op":"{{op}}","ts_ms":1700000000456}""";

    private const string Row = """{"id":7,"title":"Rope","body":"Ten metres.","price":9.5}""";

    [Theory]
    [InlineData("c")]
    [InlineData("u")]
    [InlineData("r")]
    public void A_row_that_is_there_puts_a_document_in_the_order_of_the_log(string op) => Map(Payload(op, null, Row)).Line().GetRawText()
        .ShouldBe("""{"id":"db/products/7","text":"Rope\n\nTen metres.","metadata":{"price":9.5},"version":24023128}""");

    [Theory]
    [InlineData("""{"op":"c","source":{"lsn":5,"table":"t"},"after":"{\"id\":\"\\ud800\"}"}""")]
    [InlineData("""{"op":"c","source":{"lsn":5,"table":"t"},"after":{"\ud800":1}}""")]
    [InlineData("""{"op":"\ud800","after":{"id":1}}""")]
    [InlineData("""{"\ud800":1}""")]
    public void Half_a_surrogate_pair_is_a_fault_of_that_event(string body)
    {
        var hook = Events.Read(HookFormat.Debezium, new HookMapping { Id = "{/row/id}", Text = "{/row}" });

        hook.Map(body).ShouldHaveSingleItem().ShouldNotBeOfType<MappedEvent.Change>();
    }

    [Fact]
    public void A_row_that_is_gone_deletes_it_by_its_key_alone() =>
        Map(Payload("d", """{"id":7,"title":null,"body":null}""", null)).Line().GetRawText().ShouldBe("""{"id":"db/products/7","deleted":true,"version":24023128}""");

    [Fact]
    public void With_a_schema_around_it_it_is_the_same() =>
        Map($$"""{"schema":{"type":"struct"},"payload":{{Payload("u", null, Row)}}}""").Line().GetRawText().ShouldBe(Map(Payload("u", null, Row)).Line().GetRawText());

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("null")]
    [InlineData("""{"schema":null,"payload":null}""")]
    public void A_tombstone_is_nothing(string body) => Map(body).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"ts_ms":1700000000456}""")]
    [InlineData("""{"status":"BEGIN","id":"571:53195829","event_count":null}""")]
    [InlineData("""{"source":{},"ts_ms":1,"databaseName":"d","ddl":"ALTER TABLE x"}""")]
    [InlineData("""{"op":"m","source":{"lsn":1},"message":{"prefix":"x"}}""")]
    public void What_is_no_change_of_a_row_is_of_no_concern(string body) => Map(body).ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();

    [Fact]
    public void A_truncated_table_deletes_nothing_and_is_told() => Map(Payload("t", null, null)).Poison().Message.ShouldContain("'d.public.products' was truncated");

    [Theory]
    [InlineData("\"__debezium_unavailable_value\"")]
    [InlineData("\"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==\"")]
    [InlineData("[\"__debezium_unavailable_value\"]")]
    public void A_text_that_was_not_sent_is_never_indexed(string value) =>
        Map(Payload("u", null, $$"""{"id":7,"title":"Rope","body":{{value}},"price":9.5}""")).Poison().ShouldSatisfyAllConditions(
            poison => poison.Message.ShouldContain("'/row/body' was not sent"),
            poison => poison.Remedy.ShouldContain("REPLICA IDENTITY FULL"));

    [Fact]
    public void A_value_that_was_not_sent_and_is_not_needed_is_no_matter() =>
        Map(Payload("u", null, """{"id":7,"title":"Rope","body":"Ten metres.","price":1,"manual":"__debezium_unavailable_value"}""")).Line().GetProperty("version").GetInt64().ShouldBe(24023128);

    [Fact]
    public void Metadata_that_were_not_sent_are_never_indexed() =>
        Events.Read(HookFormat.Debezium, Mapping with { Metadata = ["/row"] }).Map(Payload("u", null, """{"id":7,"title":"Rope","body":"x","manual":"__debezium_unavailable_value"}""")).Poison()
            .Message.ShouldContain("'/row' was not sent");

    [Fact]
    public void Without_a_log_position_the_second_and_the_position_within_it_order()
    {
        var earlier = Version("""{"connector":"mysql","ts_ms":1700000000000,"file":"binlog.000003","pos":4000000000,"row":0}""");
        Version("""{"connector":"mysql","ts_ms":1700000000000,"file":"binlog.000003","pos":4000000001,"row":0}""").ShouldBeGreaterThan(earlier);
        Version("""{"connector":"mysql","ts_ms":1700000001000,"file":"binlog.000004","pos":4,"row":0}""").ShouldBeGreaterThan(earlier);
        Version("""{"connector":"sqlserver","ts_ms":1700000000002,"change_lsn":"x","event_serial_no":1}""")
            .ShouldBeGreaterThan(Version("""{"connector":"sqlserver","ts_ms":1700000000001,"change_lsn":"x","event_serial_no":2}"""));
        Version("""{"connector":"mongodb","ts_ms":1700000000000,"ord":2}""").ShouldBeGreaterThan(Version("""{"connector":"mongodb","ts_ms":1700000000000,"ord":1}"""));
        Version("""{"connector":"mysql","ts_ms":3700000000000,"pos":1}""").ShouldBePositive();
    }

    /// <summary>A position of the log and a time are of different sizes: one in the place of the other would outrank all that comes.</summary>
    [Fact]
    public void A_position_that_is_missing_is_not_made_of_a_time() =>
        Map(Payload("r", null, Row, """{"connector":"postgresql","table":"products","lsn":null,"ts_ms":1700000000123}""")).Poison().Message.ShouldContain("nothing in it orders it");

    [Fact]
    public void A_document_of_MongoDB_is_a_text_of_JSON() => Events.Read(HookFormat.Debezium, Mapping with { Id = "/row/_id/$oid", Text = "/row/title" })
        .Map(Payload("c", null, "\"{\\\"_id\\\":{\\\"$oid\\\":\\\"ab\\\"},\\\"title\\\":\\\"Rope\\\"}\"", """{"connector":"mongodb","ts_ms":1700000000000,"ord":1}""")).Line().GetProperty("id").GetString().ShouldBe("ab");

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("4", "no change event")]
    [InlineData("\"x\"", "no change event")]
    [InlineData("""{"id":7,"title":"Rope"}""", "no 'op'")]
    [InlineData("""{"op":"u"}""", "'after' has no row")]
    [InlineData("""{"op":"u","after":null}""", "'after' has no row")]
    [InlineData("""{"op":"d","before":null}""", "'before' has no row")]
    [InlineData("""{"op":"u","after":"text"}""", "no JSON")]
    [InlineData("""{"op":"z"}""", "'z'")]
    [InlineData("""{"op":"c","after":{"title":"x"},"source":{"lsn":1,"table":"t"}}""", "'/row/id' is not there")]
    public void What_is_none_is_told_and_never_thrown(string body, string message) => Map(body).Poison().Message.ShouldContain(message);

    [Fact]
    public void Whatever_comes_it_is_a_change_or_told()
    {
        var random = new Random(7);
        var seeds = new[] { Payload("u", null, Row), Payload("d", Row, null), $$"""{"schema":{},"payload":{{Payload("c", null, Row)}}}""" };
        for (var i = 0; i < 20_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            Should.NotThrow(() => Map(Encoding.Latin1.GetString(body)));
        }
    }

    [Fact]
    public void Tables_of_no_concern_can_be_ignored() => Events.Read(HookFormat.Debezium, Mapping with { Event = "/source/table", Ignore = ["log*"] })
        .Map(Payload("u", null, Row, """{"table":"log_2026","lsn":1}""")).ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();

    private static IReadOnlyList<MappedEvent> Map(string body) => Events.Read(HookFormat.Debezium, Mapping).Map(body);

    private static long Version(string source) =>
        Events.Read(HookFormat.Debezium, Mapping with { Id = "/row/id" }).Map(Payload("u", null, Row, source)).Line().GetProperty("version").GetInt64();
}
