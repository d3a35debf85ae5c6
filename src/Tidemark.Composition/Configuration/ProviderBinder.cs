using Tidemark.Embedding;

namespace Tidemark.Composition.Configuration;

/// <summary>How a provider is asked, from merged settings.</summary>
internal sealed class ProviderBinder(SettingValues values, string root, List<ConfigurationMistake> mistakes)
{
    public ProviderSettings Bind()
    {
        var standard = new ProviderSettings();
        return new ProviderSettings
        {
            BaseUrl = BindUrl(),
            KeyVariable = values.Text(SettingPaths.KeyVariable) ?? standard.KeyVariable,
            Tokenizer = values.Text(SettingPaths.Tokenizer) is { } file ? Path.GetFullPath(file, root) : null,
            FloatEncoding = values.Text(SettingPaths.EncodingFormat) is "float",
            BatchSize = (int?)values.Integer(SettingPaths.EmbeddingBatchSize) ?? standard.BatchSize,
            Requests = BindRequests(standard.Requests),
        };
    }

    private EmbeddingRequestOptions BindRequests(EmbeddingRequestOptions standard) => standard with
    {
        Concurrency = (int?)values.Integer(SettingPaths.Concurrency) ?? standard.Concurrency,
        BatchTokens = (int?)values.Integer(SettingPaths.BatchTokens) ?? standard.BatchTokens,
        RequestsPerMinute = (int?)values.Integer(SettingPaths.RequestsPerMinute),
        TokensPerMinute = (int?)values.Integer(SettingPaths.TokensPerMinute),
        Timeout = Seconds(SettingPaths.TimeoutSeconds) ?? standard.Timeout,
        Patience = Seconds(SettingPaths.PatienceSeconds) ?? standard.Patience,
        MaxAttempts = (int?)values.Integer(SettingPaths.MaxAttempts) ?? standard.MaxAttempts,
        Canary = values.Flag(SettingPaths.Canary) ?? standard.Canary,
    };

    private TimeSpan? Seconds(string path) => values.Number(path) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private Uri? BindUrl()
    {
        if (values.Text(SettingPaths.BaseUrl) is not { } text)
        {
            return null;
        }

        var isUrl = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        if (!isUrl || url!.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            // The text itself is not repeated: it may hold a password.
            mistakes.Add(new("the base URL (OPENAI_BASE_URL, 'embedding.baseUrl') is no plain http or https address",
                "write it as 'http://localhost:11434/v1', without user, password or query; the key goes into OPENAI_API_KEY"));
            return null;
        }

        return url;
    }
}
