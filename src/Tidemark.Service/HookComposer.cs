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
            Mapping = MappingOf(values),
        };
    }

    private static HookMapping MappingOf(SettingValues values) => new()
    {
        Source = values.Text(SettingPaths.HookSource),
        Namespace = values.Text(SettingPaths.HookNamespace),
        Event = values.Text(SettingPaths.HookEvent),
        Upsert = values.Texts(SettingPaths.HookUpsert) ?? [],
        Delete = values.Texts(SettingPaths.HookDelete) ?? [],
        Ignore = values.Texts(SettingPaths.HookIgnore) ?? [],
        Deleted = values.Text(SettingPaths.HookDeleted),
        Id = values.Text(SettingPaths.HookId) ?? "",
        Text = values.Text(SettingPaths.HookText),
        Metadata = values.Texts(SettingPaths.HookMetadata) ?? [],
        Version = values.Text(SettingPaths.HookVersion),
        ModifiedAt = values.Text(SettingPaths.HookModifiedAt),
        ExpiresAt = values.Text(SettingPaths.HookExpiresAt),
        Tier = values.Text(SettingPaths.HookTier),
    };

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
