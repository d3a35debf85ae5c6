using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>
/// Debezium's change events, with or without a schema around them. Pointers lead into the payload (<c>/source/table</c>), and <c>/row</c> is
/// the row: <c>after</c>, or <c>before</c> of one that was deleted. What is no change of a row is of no concern. Pure.
/// </summary>
internal static class DebeziumFormat
{
    /// <exception cref="EventFault">The body is none.</exception>
    public static IReadOnlyList<HookEvent> Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return [];
        }

        var root = EventJson.Parse(body);
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().SelectMany(one => EventsOf(headers, one))] : EventsOf(headers, root);
    }

    /// <returns>Nothing: a tombstone, which only compacts topics; its deletion came before it.</returns>
    private static IReadOnlyList<HookEvent> EventsOf(IHeaderDictionary headers, JsonElement root)
    {
        var payload = IsEnvelope(root) ? root.GetProperty("payload") : root;
        return payload.ValueKind == JsonValueKind.Null ? [] : [EventOf(headers, payload)];
    }

    private static bool IsEnvelope(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("payload", out _) && !root.TryGetProperty("op", out _);

    private static HookEvent EventOf(IHeaderDictionary headers, JsonElement payload)
    {
        try
        {
            return Read(headers, payload);
        }
        catch (EventFault fault)
        {
            return HookFormats.Faulty(headers, fault);
        }
        catch (InvalidOperationException)
        {
            return HookFormats.Faulty(headers, EventFault.NoUnicode);
        }
    }

    private static HookEvent Read(IHeaderDictionary headers, JsonElement payload)
    {
        if (HookFormats.TextOf(payload, "op") is not { } op)
        {
            return IsOfNoRow(payload) ? OfNoConcern(headers, payload) : throw new EventFault(
                "it is no change event of Debezium: it has no 'op'", "have Debezium send its envelope (without ExtractNewRecordState), or set the hook's 'format' to 'json'");
        }

        return op switch
        {
            "c" or "u" or "r" => Change(headers, payload, EventFate.Upsert, "after"),
            "d" => Change(headers, payload, EventFate.Delete, "before"),
            "m" => OfNoConcern(headers, payload),
            "t" => throw new EventFault(
                $"the table {EventFault.Shown(TableOf(payload))} was truncated, and which rows it had is not said", "see what is there ('tidemark list'), and put a line {\"id\":\"…\",\"deleted\":true} for each document that has to go into the queue ('tidemark enqueue'); nothing was deleted"),
            _ => throw new EventFault($"its 'op' is {EventFault.Shown(op)}, which is not known", "compare the version of Debezium"),
        };
    }

    private static HookEvent Change(IHeaderDictionary headers, JsonElement payload, EventFate fate, string side)
    {
        var row = payload.TryGetProperty(side, out var found) ? DebeziumRow.Of(found) : null;
        var version = DebeziumVersion.Of(payload);
        return row is null
            ? throw new EventFault($"its '{side}' has no row", "give the table a primary key or a replica identity, and have whole documents captured ('capture.mode' of MongoDB)")
            : new HookEvent(
                string.Join(' ', ((string?[])[TableOf(payload), version?.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Where(part => !string.IsNullOrEmpty(part))),
                new EventScope(payload, headers) { Row = row, IsUnsent = DebeziumRow.IsUnsent })
            {
                Fate = fate,
                Version = version,
            };
    }

    /// <summary>Heartbeats, borders of transactions, changes of schemas.</summary>
    private static bool IsOfNoRow(JsonElement payload) => payload.ValueKind == JsonValueKind.Object
        && (payload.EnumerateObject().All(member => member.Name.StartsWith("ts_", StringComparison.Ordinal))
            || HookFormats.TextOf(payload, "status") is "BEGIN" or "END"
            || payload.TryGetProperty("ddl", out _)
            || payload.TryGetProperty("tableChanges", out _));

    private static HookEvent OfNoConcern(IHeaderDictionary headers, JsonElement payload) => new(null, new EventScope(payload, headers)) { Fate = EventFate.Ignore };

    private static string TableOf(JsonElement payload) => payload.TryGetProperty("source", out var source)
        ? string.Join('.', ((string[])["db", "schema", "table", "collection"]).Select(name => HookFormats.TextOf(source, name)).Where(name => !string.IsNullOrEmpty(name)))
        : "";
}
