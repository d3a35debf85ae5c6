using System.Collections;
using Tidemark.Composition.Configuration;
using Tidemark.Server;

namespace Tidemark.Service;

/// <summary>From the configured webhooks to those of the service, with their secrets from the environment.</summary>
internal sealed class HookComposer(IDictionary environment)
{
    private readonly List<ConfigurationMistake> _mistakes = [];

    /// <exception cref="ConfigurationException">A variable that is named is not set.</exception>
    public IReadOnlyList<HookOptions> Compose(IReadOnlyList<HookSettings> hooks)
    {
        List<HookOptions> composed = [.. hooks.Select(Compose)];
        return _mistakes.Count == 0 ? composed : throw new ConfigurationException(_mistakes);
    }

    private HookOptions Compose(HookSettings hook)
    {
        var values = hook.Values;
        return new HookOptions
        {
            Name = hook.Name,
            TakesRequests = hook.Broker is null,
            Signature = hook.Signature switch
            {
                HookTable.Standard => HookSignature.Standard,
                HookTable.GitHub => HookSignature.GitHub,
                HookTable.Stripe => HookSignature.Stripe,
                HookTable.None => HookSignature.None,
                _ => HookSignature.Key,
            },
            Format = values.Text(SettingPaths.HookFormat) switch
            {
                HookTable.CloudEvents => HookFormat.CloudEvents,
                HookTable.Debezium => HookFormat.Debezium,
                _ => HookFormat.Json,
            },
            Secrets = [.. hook.SecretVariables.Select(variable => SecretOf(hook, variable)).OfType<string>()],
            Tolerance = TimeSpan.FromSeconds(values.Number(SettingPaths.HookTolerance) ?? 300),
            MostBytes = (int)(values.Integer(SettingPaths.HookMaxBytes) ?? 1_000_000),
            RequestsPerMinute = (int)(values.Integer(SettingPaths.HookRequests) ?? 0),
            Origins = values.Texts(SettingPaths.HookOrigins) ?? ["*"],
            Mapping = MappingOf(values, values),
            By = values.Text(SettingPaths.HookBy),
            Mappings = hook.Mappings.ToDictionary(mapping => mapping.Name, mapping => MappingOf(mapping.Values, values), StringComparer.Ordinal),
        };
    }

    /// <param name="values">What is said of the mapping.</param>
    /// <param name="common">What is said of its hook.</param>
    private static HookMapping MappingOf(SettingValues values, SettingValues common)
    {
        return new HookMapping
        {
            Source = Text(SettingPaths.HookSource),
            Namespace = Text(SettingPaths.HookNamespace),
            Event = Text(SettingPaths.HookEvent),
            Upsert = Texts(SettingPaths.HookUpsert),
            Delete = Texts(SettingPaths.HookDelete),
            Ignore = Texts(SettingPaths.HookIgnore),
            Deleted = Text(SettingPaths.HookDeleted),
            Id = Text(SettingPaths.HookId) ?? "",
            Text = Text(SettingPaths.HookText),
            Metadata = Texts(SettingPaths.HookMetadata),
            Version = Text(SettingPaths.HookVersion),
            ModifiedAt = Text(SettingPaths.HookModifiedAt),
            ExpiresAt = Text(SettingPaths.HookExpiresAt),
            Tier = Text(SettingPaths.HookTier),
        };

        string? Text(string path) => values.Text(path) ?? common.Text(path);
        IReadOnlyList<string> Texts(string path) => values.Texts(path) ?? common.Texts(path) ?? [];
    }

    private string? SecretOf(HookSettings hook, string variable)
    {
        if (environment[variable] is string { Length: > 0 } secret)
        {
            return secret;
        }

        _mistakes.Add(new(
            $"the environment variable '{variable}', which the hook '{hook.Name}' names in '{SettingPaths.HookSecrets}', is not set",
            "set it to the secret that the sender shows, or name another one"));
        return null;
    }
}
