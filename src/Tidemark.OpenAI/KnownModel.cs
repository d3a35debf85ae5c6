using Tidemark.Chunking;
using Tidemark.OpenAI.Tokens;

namespace Tidemark.OpenAI;

/// <summary>
/// What is known of a model by its name. The longest input is in tokens and errs on the short side: a server may cut a
/// longer one without a word, so a model that nobody here knows is taken to have the 512 tokens of the BERT family.
/// </summary>
/// <param name="Dimensions">Null: it has to be asked.</param>
/// <param name="CanShorten">Whether the request may ask for fewer dimensions; null: it has to be tried.</param>
/// <param name="Counter">Its tokenizer; null: nobody knows.</param>
internal readonly record struct KnownModel(int? Dimensions, int MaxInputTokens, bool? CanShorten, ITokenCounter? Counter = null)
{
    private const int BertTokens = 512;

    /// <summary>Parts of names, the first that fits counts.</summary>
    private static readonly (string Part, KnownModel Model)[] Families =
    [
        ("text-embedding-3-small", new(1536, 8191, true, Cl100kTokens.Instance)),
        ("text-embedding-3-large", new(3072, 8191, true, Cl100kTokens.Instance)),
        ("text-embedding-ada-002", new(1536, 8191, false, Cl100kTokens.Instance)),
        ("bge-m3", new(null, 8192, null)),
        ("nomic-embed", new(null, 2048, null)),
        ("embeddinggemma", new(null, 2048, null)),
        ("jina-embeddings-v2", new(null, 8192, null)),
        ("jina-embeddings-v3", new(null, 8192, null)),
        ("qwen3-embedding", new(null, 8192, null)),
        ("e5-mistral", new(null, 4096, null)),
        ("all-minilm", new(null, 256, null)),
    ];

    public static KnownModel Of(string name)
    {
        foreach (var (part, model) in Families)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return model;
            }
        }

        return new KnownModel(null, BertTokens, null);
    }
}
