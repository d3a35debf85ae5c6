using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tidemark.Formats;

/// <summary>
/// Turns YAML into metadata, event by event, without building objects. Scalars have the types of the core schema
/// (YAML 1.2.2, chapter 10.3): what looks like a date stays text.
/// </summary>
internal sealed class YamlMapping
{
    private const int DeepestNesting = 64;
    private const int MostBytes = 1_000_000;

    /// <summary>What is written here nests that deep at most, an object and an array for each level.</summary>
    public static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 2 * DeepestNesting };

    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, byte[]> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private IParser _events = null!;
    private string _yaml = "";
    private string? _key;
    private int _depth;
    private int _flows;

    /// <summary>What was read and hardly meant so.</summary>
    public List<YamlSlip> Slips { get; } = [];

    /// <param name="yaml">Anchors of what was read before hold in it.</param>
    /// <param name="json">An object, empty where there is no content. Null: it is YAML, and no mapping.</param>
    /// <returns>False: it is no YAML, or none that is taken.</returns>
    public bool TryRead(string yaml, out byte[]? json)
    {
        json = null;
        if (YamlNesting.IsDeeperThan(yaml, DeepestNesting))
        {
            return false;
        }

        (_depth, _flows, _yaml, _key) = (0, 0, yaml, null);
        _open.Clear();
        Slips.Clear();
        _events = new Parser(new Scanner(new StringReader(yaml), skipComments: true));
        try
        {
            json = Document();
            return true;
        }
        catch (Exception e) when (e is YamlException or JsonException or InvalidOperationException
            or ArgumentException or KeyNotFoundException)
        {
            return false;
        }
    }

    private byte[]? Document()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            return "{}"u8.ToArray();
        }

        _events.Consume<DocumentStart>();
        var json = Node();
        _events.Consume<DocumentEnd>();
        _events.Consume<StreamEnd>();
        using var parsed = JsonDocument.Parse(json, Parsing);
        return parsed.RootElement.ValueKind switch
        {
            JsonValueKind.Object when json.AsSpan().IndexOf("\\u0000"u8) >= 0 => throw new YamlException("a NUL character"),
            JsonValueKind.Object => json,
            JsonValueKind.Null => "{}"u8.ToArray(),
            _ => null,
        };
    }

    /// <summary>The next node as JSON.</summary>
    private byte[] Node()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            Write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter writer)
    {
        if (_events.TryConsume<AnchorAlias>(out var alias))
        {
            WriteStored(writer, _anchors[alias.Value.Value]);
        }
        else if (_events.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty && !_open.Contains(node.Anchor.Value))
        {
            // Written apart first, so that an alias can repeat it.
            _open.Add(node.Anchor.Value);
            var stored = Node();
            _open.Remove(node.Anchor.Value);
            _anchors[node.Anchor.Value] = stored;
            WriteStored(writer, stored);
        }
        else if (_events.TryConsume<Scalar>(out var scalar))
        {
            Look(scalar);
            YamlScalar.Write(writer, scalar);
        }
        else
        {
            WriteCollection(writer);
        }
    }

    private void WriteCollection(Utf8JsonWriter writer)
    {
        if (++_depth > DeepestNesting)
        {
            throw new YamlException("nested too deeply");
        }

        if (_events.TryConsume<SequenceStart>(out var sequence))
        {
            var isFlow = sequence.Style == SequenceStyle.Flow;
            _flows += isFlow ? 1 : 0;
            writer.WriteStartArray();
            while (!_events.TryConsume<SequenceEnd>(out _))
            {
                Write(writer);
            }

            writer.WriteEndArray();
            _flows -= isFlow ? 1 : 0;
        }
        else
        {
            WriteMapping(writer);
        }

        _depth--;
    }

    private void WriteMapping(Utf8JsonWriter writer)
    {
        var isFlow = _events.Consume<MappingStart>().Style == MappingStyle.Flow;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        _flows += isFlow ? 1 : 0;
        writer.WriteStartObject();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var key = _events.Consume<Scalar>();
            var name = NameOf(key);
            if (!keys.Add(name))
            {
                Slips.Add(new((int)key.Start.Line - 1, YamlSlipKind.Repeated, name));
            }

            writer.WritePropertyName(name);
            var outer = _key;
            _key = name;
            Write(writer);
            _key = outer;
        }

        writer.WriteEndObject();
        _flows -= isFlow ? 1 : 0;
    }

    /// <summary>Without what nobody sees around it, or would ask for.</summary>
    private string NameOf(Scalar key)
    {
        if (key.Style != ScalarStyle.Plain || (!YamlLines.IsSurrounded(key.Value) && key.Value is not [_, .., ':']))
        {
            return key.Value;
        }

        var name = key.Value.AsSpan().Trim(YamlLines.Unseen).TrimEnd(':').ToString();
        if (name.Length == 0)
        {
            return key.Value;
        }

        Slips.Add(new((int)key.Start.Line - 1, YamlSlipKind.Surrounded, name));
        return name;
    }

    private void Look(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain || _depth == 0)
        {
            return;
        }

        var line = (int)scalar.Start.Line - 1;
        if (YamlLines.IsSurrounded(scalar.Value))
        {
            Slips.Add(new(line, YamlSlipKind.Invisible, scalar.Value.AsSpan().Trim(YamlLines.Unseen).ToString()));
        }

        if (_flows == 0)
        {
            Slips.AddRange(YamlLines.Joined(_yaml, (int)scalar.Start.Index, (int)scalar.End.Index)
                .Select(joined => new YamlSlip(
                    line + joined.Line, YamlLines.IsItem(joined.Text) ? YamlSlipKind.Item : YamlSlipKind.Joined, joined.Text, _key)));
        }
    }

    /// <summary>Aliases of aliases grow without end; real front matter does not.</summary>
    private static void WriteStored(Utf8JsonWriter writer, byte[] json)
    {
        if (writer.BytesCommitted + writer.BytesPending + json.Length > MostBytes)
        {
            throw new YamlException("its aliases stand for too much");
        }

        writer.WriteRawValue(json);
    }
}
