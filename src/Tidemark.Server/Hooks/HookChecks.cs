using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Hooks.Signing;

namespace Tidemark.Server.Hooks;

/// <summary>Reads what was said of a webhook, and tells all that is wrong with it at once.</summary>
internal sealed class HookChecks(HookOptions options)
{
    private const int LongestName = 64;

    private readonly List<(string Message, string Remedy)> _mistakes = [];

    public IReadOnlyList<(string Message, string Remedy)> Mistakes => _mistakes;

    /// <returns>Null: there are mistakes.</returns>
    public Hook? Read()
    {
        CheckName();
        var keys = ReadKeys();
        CheckMapping();
        CheckOrder();
        CheckBounds();
        var map = ReadMap();
        return _mistakes.Count == 0 ? new Hook(options, keys, map!) : null;
    }

    private HookMapping Mapping => options.Mapping;

    private HookDefaults Defaults => HookDefaults.Of(options.Signature, options.Format);

    private void CheckName()
    {
        if (options.Name.Length is 0 or > LongestName || !options.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            Say("its name is no name in an address", $"call it by at most {LongestName} letters, digits, '-' and '_'");
        }
    }

    private IReadOnlyList<byte[]> ReadKeys()
    {
        if (!options.Signature.IsSigned())
        {
            if (options.Secrets.Count > 0)
            {
                Say("it has secrets, and no signature that is made with them", "name its 'signature', or leave the secrets out");
            }

            return [];
        }

        if (options.Secrets.Count == 0)
        {
            Say("its signature is made with a secret, and it has none", "name the environment variables that hold it in 'secretVariables'");
        }

        var keys = options.Secrets.Select(secret => SecretKey.Of(options.Signature, secret)).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is null)
            {
                // The secret itself is not repeated.
                Say(FormattableString.Invariant($"its secret number {i + 1} is none that can be signed with"), $"put there {SecretKey.Expectation(options.Signature)}");
            }
        }

        return [.. keys.OfType<byte[]>()];
    }

    private void CheckMapping()
    {
        if (string.IsNullOrEmpty(Mapping.Id))
        {
            Say("it has no 'id'", "say where the document's id stands: \"id\": \"shop/{/data/id}\"");
        }

        if (Mapping.Text is null && new EventKinds(Mapping).Upserts)
        {
            Say("it has no 'text'", "say of what the document's text is made: \"text\": \"/data/description\"");
        }

        if (Mapping.Source is { } source && string.IsNullOrWhiteSpace(source))
        {
            Say("its 'source' is empty", "name a source, or leave it out");
        }

        foreach (var (list, other) in ((IReadOnlyList<string>, IReadOnlyList<string>)[])[(Mapping.Upsert, Mapping.Delete), (Mapping.Upsert, Mapping.Ignore), (Mapping.Delete, Mapping.Ignore)])
        {
            if (list.FirstOrDefault(other.Contains) is { } twice)
            {
                Say($"the event '{twice}' stands in two of 'upsert', 'delete' and 'ignore'", "leave it in one of them");
            }
        }

        if (options.Format == HookFormat.Debezium && (Mapping.Upsert.Count > 0 || Mapping.Delete.Count > 0 || Mapping.Deleted is not null))
        {
            Say("Debezium's events say themselves what they do", "leave 'upsert', 'delete' and 'deleted' out; 'ignore' may name events");
        }
    }

    private void CheckOrder()
    {
        if (Mapping.Version is null && Mapping.ModifiedAt is null && !Defaults.HasVersion && Defaults.ModifiedAt is null)
        {
            Say(
                "nothing orders its events, and they do not come in order",
                "say in 'version' where a number stands that grows with each change, or in 'modifiedAt' when the document was changed");
        }
    }

    private void CheckBounds()
    {
        if (options.Tolerance < TimeSpan.FromSeconds(1) || options.Tolerance > TimeSpan.FromHours(1))
        {
            Say("its 'toleranceSeconds' is not between 1 and 3600", "leave it at 300");
        }

        if (options.MostBytes < 1 || options.RequestsPerMinute < 0)
        {
            Say("its 'maxBytes' or 'requestsPerMinute' is too small", "leave it out, or make it a number above 0");
        }
    }

    private EventMap? ReadMap()
    {
        try
        {
            return new EventMap(Mapping, Defaults);
        }
        catch (FormatException e)
        {
            Say(e.Message, "write a pointer as '/data/id', or a text with pointers in braces as 'shop/{/data/id}'");
            return null;
        }
    }

    private void Say(string message, string remedy) => _mistakes.Add(($"the hook '{options.Name}': {message}", remedy));
}
