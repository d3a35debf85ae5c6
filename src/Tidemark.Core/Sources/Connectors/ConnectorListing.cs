using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Reads messages one after the other, and gathers what they bring into pages.</summary>
internal sealed class ConnectorListing : IDisposable
{
    private readonly ConnectorOptions _options;
    private readonly ConnectorStreams _streams;
    private readonly IConnectorReader _reader;
    private readonly List<string> _states = [];
    private EnumerablePage _page = new(0);
    private bool _isCutOff;

    public ConnectorListing(ConnectorOptions options, ConnectorStreams streams)
    {
        _options = options;
        _streams = streams;
        var sink = new ConnectorSink(new ConnectorMapping(options), streams, (change, label) => _page.Add(change, label), _states.Add);
        _reader = options.Format == ConnectorFormat.Singer ? new SingerReader(sink) : new AirbyteReader(sink);
    }

    /// <summary>What a block of lines fills.</summary>
    public IEnumerable<ListingPage> Read(LineBlock block)
    {
        foreach (var number in block.TooLong)
        {
            Fail($"line {number}", BadRecord.TooLong($"line {number}", block.MaxLineBytes, "split the record, or raise the limit ('limits.maxLineBytes')"));
        }

        for (var i = 0; i < block.Count; i++)
        {
            Read(block[i], $"line {block.NumberOf(i)}", block.EndsInsideLine && i == block.Count - 1);
            if (_page.IsFull)
            {
                yield return Take();
            }
        }
    }

    /// <summary>The last page, and one of what has no end: that takes nothing from the states before it.</summary>
    public IEnumerable<ListingPage> End()
    {
        yield return Take();
        foreach (var stream in _isCutOff ? [] : _streams.End())
        {
            _page.Fail(new ItemFailure(
                stream, ErrorCodes.SourceIncomplete,
                $"the stream '{stream}' of '{_options.Name}' has no end: the connector stopped before it",
                "see why it stopped and run it again; until then nothing is deleted because it did not come",
                HidesDocuments: true));
        }

        yield return Take();
    }

    /// <summary>The page that nobody took.</summary>
    public void Dispose() => _page.Dispose();

    private void Read(ReadOnlyMemory<byte> line, string label, bool isLast)
    {
        if (_reader.IsNoMessage(line.Span))
        {
            return;
        }

        try
        {
            using var message = JsonDocument.Parse(line, JsonNesting.Parsing);
            _reader.Read(message.RootElement, line, label);
        }
        catch (JsonException e)
        {
            _isCutOff |= isLast;
            Fail(label, isLast
                ? BadRecord.Malformed(label, "is cut off: the stream ended inside it", "run the connector again; until then nothing is deleted because it did not come", e)
                : BadRecord.NotJson(label, line.Span, JsonNesting.Most, e));
        }
        catch (ItemException e)
        {
            Fail(label, e);
        }
    }

    private EnumerablePage Take()
    {
        var page = _page;
        _page = new EnumerablePage(0);
        if (_states.Count > 0 && _options.Journal is { } journal)
        {
            string[] states = [.. _states];
            var begun = _streams.Versions.Begin(_streams.Coming);
            page.Durable = async cancellationToken =>
            {
                if (begun is not null)
                {
                    await journal.WriteAsync(begun, cancellationToken).ConfigureAwait(false);
                }

                foreach (var state in states)
                {
                    await journal.HandOnAsync(state, cancellationToken).ConfigureAwait(false);
                }
            };
        }

        _states.Clear();
        return page;
    }

    private void Fail(string label, ItemException e) => _page.Fail(new ItemFailure(label, e.Code, e.Message, e.Remedy, HidesDocuments: true));
}
