using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>One event, whichever way it comes, is one change.</summary>
public sealed class CloudEventsFormatTests
{
    private static readonly HookMapping Mapping = new()
    {
        Id = "{/subject}",
        Text = "/data/text",
        Version = "/data/v?",
        Metadata = ["from=/source", "kind=/type", "lang=/lang"],
        Upsert = ["org.example.put"],
        Delete = ["org.example.gone"],
    };

    private const string Event =
        """{"specversion":"1.0","id":"1","source":"/shop","type":"org.example.put","subject":"b\u00e9/1","time":"2026-01-01T00:00:00Z","lang":"fr","data":{"text":"Rope","v":4}}""";

    private static readonly (string, string)[] Binary =
    [
        ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/shop"), ("ce-type", "org.example.put"), ("ce-subject", "b%C3%A9/1"), ("ce-time", "2026-01-01T00:00:00Z"), ("ce-lang", "fr"),
        ("Content-Type", "application/json"),
    ];

    [Fact]
    public void Binary_structured_and_batched_come_down_to_the_same()
    {
        var hook = Events.Read(HookFormat.CloudEvents, Mapping);
        var structured = hook.Map(Event, ("Content-Type", "application/cloudevents+json; charset=utf-8")).Line().GetRawText();

        structured.ShouldBe("""{"id":"bé/1","text":"Rope","metadata":{"from":"/shop","kind":"org.example.put","lang":"fr"},"version":4}""");
        hook.Map("""{"text":"Rope","v":4}""", Binary).Line().GetRawText().ShouldBe(structured);
        hook.Map($"[{Event}]", ("Content-Type", "application/cloudevents-batch+json")).Line().GetRawText().ShouldBe(structured);
    }

    [Fact]
    public void A_batch_is_taken_event_by_event()
    {
        var mapped = Events.Read(HookFormat.CloudEvents, Mapping).Map(
            $$"""[{{Event}},{"specversion":"1.0","id":"2","source":"/shop","type":"org.example.gone","subject":"b"},{"nonsense":1},4]""", ("Content-Type", "application/cloudevents-batch+json"));

        mapped.Select(one => one.GetType()).ShouldBe([typeof(MappedEvent.Change), typeof(MappedEvent.Poison), typeof(MappedEvent.Poison), typeof(MappedEvent.Poison)]);
        Events.Read(HookFormat.CloudEvents, Mapping).Map("[]", ("Content-Type", "application/cloudevents-batch+json")).ShouldBeEmpty();
    }

    [Fact]
    public void Where_no_version_is_named_its_time_orders_it() => Events.Read(HookFormat.CloudEvents, Mapping with { Version = null })
        .Map(Event, ("Content-Type", "application/cloudevents+json")).Line().GetProperty("modified_at").GetString().ShouldBe("2026-01-01T00:00:00Z");

    [Fact]
    public void Data_that_are_text_are_taken_as_text() => Events.Read(HookFormat.CloudEvents, Mapping with { Text = "/data", Version = null })
        .Map("Plain text.", [.. Binary[..^1], ("Content-Type", "text/plain; charset=utf-8")]).Line().GetProperty("text").GetString().ShouldBe("Plain text.");

    [Fact]
    public void A_plus_in_an_attribute_is_a_plus() => Events.Read(HookFormat.CloudEvents, Mapping)
        .Map("""{"text":"Rope","v":4}""", [.. Binary.Where(header => header.Item1 != "ce-subject"), ("ce-subject", "a+b%20c%25")]).Line().GetProperty("id").GetString().ShouldBe("a+b c%");

    [Theory]
    [InlineData("application/json", "{}", "no CloudEvent")]
    [InlineData("application/cloudevents+avro", "", "'application/cloudevents+avro'")]
    [InlineData("application/cloudevents-batch+json", "{}", "no JSON list")]
    [InlineData("application/cloudevents+json", "[]", "no JSON object")]
    [InlineData("application/cloudevents+json", "{", "no JSON")]
    [InlineData("application/cloudevents+json", """{"id":"1"}""", "'specversion'")]
    [InlineData("application/cloudevents+json", """{"specversion":"0.3","id":"1"}""", "'0.3'")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":"1","source":"/a"}""", "'type'")]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","id":7,"source":"/a","type":"t"}""", "'id'")]
    public void What_is_none_is_told(string type, string body, string message) =>
        Events.Read(HookFormat.CloudEvents, Mapping).Map(body, ("Content-Type", type)).Poison().Message.ShouldContain(message);

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/vnd.shop+json", true)]
    [InlineData(null, true)]
    [InlineData("text/plain", false)]
    public void Data_that_come_as_base64_are_what_they_are(string? type, bool isJson)
    {
        var bytes = Convert.ToBase64String("{\"text\":\"Rope\",\"v\":4}"u8);
        var body = Event.Replace("\"data\":{\"text\":\"Rope\",\"v\":4}", (type is null ? "" : $"\"datacontenttype\":\"{type}\",") + $"\"data_base64\":\"{bytes}\"", StringComparison.Ordinal);

        var line = Events.Read(HookFormat.CloudEvents, isJson ? Mapping : Mapping with { Text = "/data", Version = null })
            .Map(body, ("Content-Type", "application/cloudevents+json")).Line();

        line.GetProperty("text").GetString().ShouldBe(isJson ? "Rope" : "{\"text\":\"Rope\",\"v\":4}");
    }

    [Theory]
    [InlineData("\"***\"", "no base64")]
    [InlineData("7", "no base64")]
    [InlineData("\"AAEC\"", "no JSON")]
    public void Data_that_come_as_base64_and_are_not_what_they_say_are_told(string data, string message) => Events.Read(HookFormat.CloudEvents, Mapping)
        .Map(Event.Replace("\"data\":{\"text\":\"Rope\",\"v\":4}", "\"data_base64\":" + data, StringComparison.Ordinal), ("Content-Type", "application/cloudevents+json"))
        .Poison().Message.ShouldContain(message);

    [Fact]
    public void Data_of_another_kind_stay_as_they_were_sent() => Events.Read(HookFormat.CloudEvents, Mapping with { Text = "/data_base64", Version = null })
        .Map(Event.Replace("\"data\":{\"text\":\"Rope\",\"v\":4}", "\"datacontenttype\":\"image/png\",\"data_base64\":\"AAEC\"", StringComparison.Ordinal), ("Content-Type", "application/cloudevents+json"))
        .Line().GetProperty("text").GetString().ShouldBe("AAEC");
}
