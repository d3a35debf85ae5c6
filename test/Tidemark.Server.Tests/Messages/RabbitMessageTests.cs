using System.Text;
using RabbitMQ.Client;
using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Tests.Hooks;
using Tidemark.Service.Messages;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Properties of messages are headers for a mapping, and attributes of CloudEvents.</summary>
public sealed class RabbitMessageTests
{
    private static readonly HookMapping Mapping = new()
    {
        Id = "{/subject}",
        Text = "/data/text",
        Version = "/data/v",
        Metadata = ["from=/source", "lang=/lang"],
        Upsert = ["put"],
    };

    [Theory]
    [InlineData("cloudEvents:")]
    [InlineData("cloudEvents_")]
    public void A_CloudEvent_in_binary_mode_is_the_one_of_its_structured_mode(string prefix)
    {
        var binary = Message(
            new BasicProperties
            {
                ContentType = "application/json",
                Headers = Headers(
                    (prefix + "specversion", "1.0"), (prefix + "id", "1"), (prefix + "source", "/shop"), (prefix + "type", "put"), (prefix + "subject", "bé%20/1"), (prefix + "lang", "fr")),
            },
            """{"text":"Rope","v":4}""");
        var structured = Message(
            new BasicProperties { ContentType = "application/cloudevents+json; charset=utf-8" },
            """{"specversion":"1.0","id":"1","source":"/shop","type":"put","subject":"bé%20/1","lang":"fr","data":{"text":"Rope","v":4}}""");

        Line(binary).ShouldBe("""{"id":"bé%20/1","text":"Rope","metadata":{"from":"/shop","lang":"fr"},"version":4}""");
        Line(structured).ShouldBe(Line(binary));
    }

    [Fact]
    public void What_the_broker_says_of_a_message_is_no_header_that_a_sender_could_have_written()
    {
        var message = Message(
            new BasicProperties
            {
                MessageId = "m1",
                Type = "put",
                Timestamp = new AmqpTimestamp(1_700_000_000),
                Headers = new Dictionary<string, object?>
                {
                    ["amqp-routing-key"] = "forged"u8.ToArray(),
                    ["Content-Type"] = "forged"u8.ToArray(),
                    ["own"] = "é"u8.ToArray(),
                    ["n"] = 7L,
                    ["yes"] = true,
                    ["at"] = new AmqpTimestamp(0),
                    ["no text"] = new byte[] { 0xff },
                    ["list"] = new List<object> { 1 },
                    ["none"] = null,
                },
            },
            "{}");

        message.Id.ShouldBe("m1");
        message.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}={header.Value}").ShouldBe(
        [
            "amqp-exchange=events", "amqp-message-id=m1", "amqp-routing-key=product.put", "amqp-timestamp=2023-11-14T22:13:20Z", "amqp-type=put",
            "at=1970-01-01T00:00:00Z", "n=7", "own=é", "yes=true",
        ]);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("UTF8", false)]
    [InlineData("gzip", true)]
    public void An_encoding_of_text_is_no_packing(string encoding, bool isPacked) =>
        Message(new BasicProperties { ContentEncoding = encoding }, "{}").Headers.ContainsKey("content-encoding").ShouldBe(isPacked);

    private static EventMessage Message(BasicProperties properties, string body) =>
        RabbitMessage.Of(properties, "events", "product.put", Encoding.UTF8.GetBytes(body));

    private static Dictionary<string, object?> Headers(params (string Name, string Value)[] headers) =>
        headers.ToDictionary(one => one.Name, one => (object?)Encoding.UTF8.GetBytes(one.Value), StringComparer.Ordinal);

    private static string Line(EventMessage message) => Events.Read(HookFormat.CloudEvents, Mapping)
        .Map(Encoding.UTF8.GetString(message.Body.Span), [.. message.Headers.Select(header => (header.Key, header.Value))]).Line().GetRawText();
}
