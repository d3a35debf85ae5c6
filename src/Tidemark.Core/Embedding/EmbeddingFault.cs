namespace Tidemark.Embedding;

/// <summary>What a failed request says of what to do next.</summary>
public enum EmbeddingFault
{
    /// <summary>The same request may succeed later: a server error, a timeout, a broken connection.</summary>
    Transient,

    /// <summary>Too many requests or tokens; the same request succeeds once the provider allows it.</summary>
    RateLimited,

    /// <summary>The provider does not take these inputs: they are halved until the bad one stands alone.</summary>
    Refused,

    /// <summary>An answer that cannot be right: incomplete, not what was asked for. Nothing of it can be used.</summary>
    Invalid,

    /// <summary>No request can succeed until somebody changes something: the key, the model's name, the address.</summary>
    Fatal,
}
