using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Server.Hooks.Mapping;

/// <summary>Makes a change of a document out of an event, by what the configuration says. Pure; immutable.</summary>
internal sealed class EventMap
{
    private const int LongestNamespace = 200;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly EventValue? _namespace, _kind, _text, _version, _modifiedAt, _expiresAt, _tier;
    private readonly EventValue _id;
    private readonly JsonPointer? _deleted;
    private readonly MetadataMap _metadata;
    private readonly EventKinds _kinds;
    private readonly string? _source;

    /// <exception cref="FormatException">A value is none.</exception>
    public EventMap(HookMapping mapping, HookDefaults defaults)
    {
        HashSet<string> named = new([.. mapping.Upsert, .. mapping.Delete], StringComparer.Ordinal);
        _kinds = new EventKinds(mapping with { Ignore = [.. mapping.Ignore, .. defaults.Ignore.Where(name => !named.Contains(name))] });
        _source = mapping.Source;
        _namespace = Parse("namespace", mapping.Namespace);
        _kind = Parse("event", mapping.Event ?? defaults.Event);
        _id = Parse("id", mapping.Id)!;
        _text = Parse("text", mapping.Text);
        _version = Parse("version", mapping.Version);
        _modifiedAt = Parse("modifiedAt", mapping.ModifiedAt ?? (mapping.Version is null ? defaults.ModifiedAt : null));
        _expiresAt = Parse("expiresAt", mapping.ExpiresAt);
        _tier = Parse("tier", mapping.Tier);
        _deleted = mapping.Deleted is { } deleted ? Checked("deleted", () => JsonPointer.Parse(deleted)) : null;
        _metadata = Checked("metadata", () => new MetadataMap(mapping.Metadata));
    }

    /// <summary>The namespace of every event; null: that of the service, or it depends on the event.</summary>
    public string? FixedNamespace => _namespace?.Constant;

    /// <summary>Whether every event is of one and the same document.</summary>
    public bool HasOneDocument => _id.Constant is not null;

    /// <summary>What is made of it belongs to the source that the mapping names.</summary>
    public MappedEvent Map(HookEvent one) => MapOne(one) with { Source = _source };

    private MappedEvent MapOne(HookEvent one)
    {
        string? @namespace = null;
        try
        {
            @namespace = FixedNamespace;
            if (one.Fault is { } fault)
            {
                throw fault;
            }

            var fate = FateOf(one);
            if (fate == EventFate.Ignore)
            {
                return new MappedEvent.Ignored();
            }

            @namespace = NamespaceOf(one.Scope);
            var id = _id.Name("id", one.Scope) is { Length: > 0 } named ? named : throw new EventFault("its id is empty", "correct the 'id' of the hook's mapping");
            return new MappedEvent.Change(@namespace, id, LineOf(one, fate, id));
        }
        catch (EventFault fault)
        {
            return new MappedEvent.Poison(@namespace, fault.Message, fault.Remedy);
        }
        catch (InvalidOperationException)
        {
            return new MappedEvent.Poison(@namespace, EventFault.NoUnicode.Message, EventFault.NoUnicode.Remedy);
        }
    }

    private EventFate FateOf(HookEvent one)
    {
        if (one.Fate is { } known)
        {
            return known != EventFate.Ignore && _kinds.AsksForNames && _kinds.IsIgnored(KindOf(one.Scope)) ? EventFate.Ignore : known;
        }

        var fate = !_kinds.AsksForNames ? EventFate.Upsert : _kinds.Of(KindOf(one.Scope));
        return fate == EventFate.Upsert && IsDeleted(one.Scope) ? EventFate.Delete : fate;
    }

    /// <summary>Where the second half of a name may be missing, the full stop between them goes with it.</summary>
    private string KindOf(EventScope scope) => (_kind?.Text(scope) ?? "").TrimEnd('.');

    private bool IsDeleted(EventScope scope) => _deleted is not null && scope.Find(_deleted) is { } value && value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetRawText() != "0",
        JsonValueKind.String => value.GetString() is not ("" or "false"),
        _ => true,
    };

    private string? NamespaceOf(EventScope scope) => _namespace?.Name("namespace", scope) switch
    {
        null => null,
        { Length: > 0 and <= LongestNamespace } name when !name.Any(char.IsControl) => name,
        _ => throw new EventFault("its namespace is empty, too long or has control characters", "correct the 'namespace' of the hook's mapping"),
    };

    private byte[] LineOf(HookEvent one, EventFate fate, string id)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line, Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            if (fate == EventFate.Delete)
            {
                json.WriteBoolean("deleted", true);
            }
            else
            {
                WriteDocument(json, one.Scope);
            }

            WriteVersion(json, one);
            json.WriteEndObject();
        }

        return line.WrittenSpan.ToArray();
    }

    private void WriteDocument(Utf8JsonWriter json, EventScope scope)
    {
        json.WriteString("text", _text?.Text(scope) ?? throw new EventFault("it has no text", "say in 'text' of what the text is made"));
        _metadata.Write(json, scope);
        _expiresAt?.Write(json, "expires_at", scope);
        _tier?.Write(json, "tier", scope);
    }

    private void WriteVersion(Utf8JsonWriter json, HookEvent one)
    {
        var isOrdered = _version?.Write(json, "version", one.Scope) ?? false;
        if (_version is null && one.Version is { } own)
        {
            json.WriteNumber("version", own);
            isOrdered = true;
        }

        isOrdered |= _modifiedAt?.Write(json, "modified_at", one.Scope) ?? false;
        if (!isOrdered)
        {
            throw new EventFault("nothing in it orders it among other states of its document", "say in 'version' or 'modifiedAt' of the hook what does");
        }
    }

    private static EventValue? Parse(string name, string? text) => text is null ? null : Checked(name, () => EventValue.Parse(text));

    private static T Checked<T>(string name, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{name}': {e.Message}", e);
        }
    }
}
