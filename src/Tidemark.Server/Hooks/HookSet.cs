using System.Collections.Frozen;

namespace Tidemark.Server.Hooks;

/// <summary>The webhooks of a service, by name.</summary>
internal sealed class HookSet
{
    private readonly FrozenDictionary<string, Hook> _hooks;

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: all that is wrong with any of them.</exception>
    public HookSet(IReadOnlyList<HookOptions> options)
    {
        var checks = options.Select(one => new HookChecks(one)).ToList();
        var hooks = checks.ConvertAll(check => check.Read());
        var mistakes = checks.SelectMany(check => check.Mistakes).Concat(options
            .GroupBy(one => one.Name, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => (Message: $"two hooks are called '{same.Key}'", Remedy: "give one of them another name"))).ToList();
        if (mistakes.Count > 0)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                string.Join("; ", mistakes.Select(mistake => mistake.Message)),
                string.Join("; ", mistakes.Select(mistake => mistake.Remedy).Distinct(StringComparer.Ordinal)));
        }

        _hooks = hooks.ToFrozenDictionary(hook => hook!.Name, hook => hook!, StringComparer.Ordinal);
    }

    /// <summary>Those whose sender nobody checks.</summary>
    public IEnumerable<Hook> Open => _hooks.Values.Where(hook => hook.Options.Signature == HookSignature.None);

    /// <summary>Of those that requests may be sent to.</summary>
    /// <returns>Null: there is none of that name.</returns>
    public Hook? FindAddress(string name) => Find(name) is { Options.TakesRequests: true } hook ? hook : null;

    /// <returns>Null: there is none of that name.</returns>
    public Hook? Find(string name) => _hooks.GetValueOrDefault(name);
}
