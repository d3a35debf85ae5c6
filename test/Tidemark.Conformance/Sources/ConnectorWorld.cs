using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Conformance.Sources;

/// <summary>A table that a connector reads whole each time.</summary>
public sealed class ConnectorWorld(ConnectorFormat format) : SourceWorld, IConnectorJournal
{
    private readonly SortedDictionary<string, string> _rows = new(StringComparer.Ordinal);
    private ConnectorSource? _source;
    private long _version;
    private string? _kept;

    /// <summary>What was handed on.</summary>
    public List<string> States { get; } = [];

    /// <summary>Told of each state before it is noted here.</summary>
    public Func<string, Task> OnState { get; set; } = _ => Task.CompletedTask;

    public override string DocumentOf(string id) => $"shop/notes/{id}";

    public override Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents)
    {
        foreach (var (id, text) in documents)
        {
            _rows[id] = text;
        }

        return Task.CompletedTask;
    }

    public override Task RemoveAsync(params IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            _rows.Remove(id);
        }

        return Task.CompletedTask;
    }

    public override Task SpoilAsync(string id) => PutAsync((id, "no text\0"));

    public override IDocumentSource Source() => Of(Records(_rows.Select(row => (row.Key, row.Value))), ends: true);

    public override IDocumentSource CutSource() => Of(Records(_rows.Take(_rows.Count / 2).Select(row => (row.Key, row.Value))), ends: false);

    public override IDocumentSource DoubledSource(string earlier) =>
        Of(Records(_rows.Select(row => (row.Key, earlier)).Concat(_rows.Select(row => (row.Key, row.Value)))), ends: true);

    /// <summary>Messages as they are.</summary>
    public ConnectorSource Of(params IEnumerable<string> lines)
    {
        _source = new ConnectorSource(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))),
            new ConnectorOptions
            {
                Name = "shop",
                Format = format,
                Cleanup = format == ConnectorFormat.Airbyte ? CleanupMode.Full : null,
                Journal = this,
            });
        return _source;
    }

    public override async Task SettleAsync() => await _source!.SettleAsync(CancellationToken.None);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    ValueTask<string?> IConnectorJournal.ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_kept);

    ValueTask IConnectorJournal.WriteAsync(string value, CancellationToken cancellationToken)
    {
        _kept = value;
        return ValueTask.CompletedTask;
    }

    async ValueTask IConnectorJournal.HandOnAsync(string state, CancellationToken cancellationToken)
    {
        await OnState(state);
        States.Add(state);
    }

    private ConnectorSource Of(IEnumerable<string> records, bool ends)
    {
        _version++;
        string[] first = format == ConnectorFormat.Singer
            ? ["""{"type":"SCHEMA","stream":"notes","schema":{"properties":{}},"key_properties":["id"]}"""]
            : [Status("STARTED"), """{"type":"LOG","log":{"level":"INFO","message":"reading"}}""", "plain words of a program"];
        string[] last = !ends ? []
            : format == ConnectorFormat.Singer ? [string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"ACTIVATE_VERSION\",\"stream\":\"notes\",\"version\":{_version}}}"), State("end")]
            : [State("end"), Status("COMPLETE")];
        return Of([.. first, .. records, .. last]);
    }

    private IEnumerable<string> Records(IEnumerable<(string Id, string Text)> rows) => rows.Select((row, i) => Record(row.Id, row.Text)
        + (i % 100 == 99 ? "\n" + State(row.Id) : ""));

    private string Record(string id, string text)
    {
        var data = new JsonObject { ["id"] = id, ["text"] = text, ["_sdc_batched_at"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture) };
        return (format == ConnectorFormat.Singer
            ? new JsonObject { ["type"] = "RECORD", ["stream"] = "notes", ["version"] = _version, ["record"] = data }
            : new JsonObject { ["type"] = "RECORD", ["record"] = new JsonObject { ["stream"] = "notes", ["data"] = data, ["emitted_at"] = 1 } }).ToJsonString();
    }

    private string State(string at) => format == ConnectorFormat.Singer
        ? $"{{\"type\":\"STATE\",\"value\":{{\"at\":\"{at}\"}}}}"
        : """{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"notes"},"stream_state":{"at":""" + "\"" + at + "\"}}}}";

    private static string Status(string status) =>
        """{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":1,"stream_status":{"stream_descriptor":{"name":"notes"},"status":""" + "\"" + status + "\"}}}";
}
