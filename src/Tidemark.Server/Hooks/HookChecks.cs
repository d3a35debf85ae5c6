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
        CheckChoice();
        foreach (var (name, mapping) in Mappings)
        {
            new MappingChecks(name, mapping, options, Say).Check();
        }

        CheckBounds();
        var map = ReadMaps();
        return _mistakes.Count == 0 ? new Hook(options, keys, map!) : null;
    }

    /// <summary>By name; the only one has none.</summary>
    private IEnumerable<(string Name, HookMapping Mapping)> Mappings => options.Mappings.Count == 0 ? [("", options.Mapping)] : options.Mappings.Select(one => (one.Key, one.Value));

    private HookDefaults Defaults => HookDefaults.Of(options.Signature, options.Format);

    private void CheckName()
    {
        if (options.Name.Length is 0 or > LongestName || !options.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            Say("its name is no name in an address", $"call it by at most {LongestName} letters, digits, '-' and '_'");
        }
    }

    private HookKeys ReadKeys()
    {
        if (!options.Signature.IsSigned())
        {
            if (options.Secrets.Count > 0)
            {
                Say("it has secrets, and no signature that is made with them", "name its 'signature', or leave the secrets out");
            }

            return new HookKeys([], []);
        }

        if (options.Secrets.Count == 0)
        {
            Say("its signature is made with a secret, and it has none", "name the environment variables that hold it in 'secretVariables'");
        }

        var isOfPair = options.Secrets.Select(secret => SecretKey.IsOfPair(options.Signature, secret)).ToList();
        var keys = options.Secrets.Select((secret, i) => isOfPair[i] ? SecretKey.PublicOf(secret) : SecretKey.Of(options.Signature, secret)).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is null)
            {
                // The secret itself is not repeated.
                Say(FormattableString.Invariant($"its secret number {i + 1} is none that can be signed with"), $"put there {SecretKey.Expectation(options.Signature)}");
            }
        }

        return new HookKeys(
            [.. keys.Where((_, i) => !isOfPair[i]).OfType<byte[]>()], [.. keys.Where((_, i) => isOfPair[i]).OfType<byte[]>()]);
    }

    private void CheckChoice()
    {
        if (options.By is null && options.Mappings.Count > 0)
        {
            Say("it has 'mappings', and nothing says which of them an event is for", "say in 'by' where that stands: \"by\": \"/source/table\"");
        }

        if (options.By is not null && options.Mappings.Count == 0)
        {
            Say("it has 'by', and no 'mappings' to choose from", "name them: \"mappings\": { \"product\": { \"id\": … } }; or leave 'by' out");
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

    private EventMaps? ReadMaps()
    {
        var maps = new Dictionary<string, EventMap>(StringComparer.Ordinal);
        foreach (var (name, mapping) in Mappings)
        {
            if (Read(name, () => new EventMap(mapping, Defaults)) is { } map)
            {
                maps[name] = map;
                if (map.HasOneDocument && new EventKinds(mapping).AsksForMore)
                {
                    Say($"{MappingChecks.Place(name)}its 'id' is the same for every event, and they would all be one document", "put a pointer into it: \"id\": \"shop/{/data/id}\"");
                }
            }
        }

        return maps.Count == 0 ? null : Read("", () => new EventMaps(options.By, maps));
    }

    private T? Read<T>(string name, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            Say($"{MappingChecks.Place(name)}{e.Message}", "write a pointer as '/data/id', or a text with pointers in braces as 'shop/{/data/id}'");
            return null;
        }
    }

    private void Say(string message, string remedy) => _mistakes.Add(($"the hook '{options.Name}': {message}", remedy));
}
