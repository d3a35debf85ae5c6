using System.Security.Cryptography;
using Microsoft.ML.Tokenizers;
using Tidemark.Chunking;
using Tidemark.Files;

namespace Tidemark.OpenAI.Tokens;

/// <summary>
/// The tokenizer of a file. The file is hashed when its name is asked for, which is when a chunker is made, and read with the first
/// count.
/// </summary>
internal sealed class FileTokens : ITokenCounter
{
    /// <summary>Vocabularies of the largest models have some 20 MB.</summary>
    private const int MostBytes = 128 << 20;

    private readonly string _path;
    private readonly Lazy<string> _name;
    private readonly Lazy<Tokenizer> _tokenizer;

    /// <param name="path">A file that <see cref="TokenizerFormat"/> reads.</param>
    public FileTokens(string path)
    {
        _path = path;
        _name = new(() => NameOf(Take()));
        _tokenizer = new(Read);
    }

    /// <summary>The first digits of the SHA-256 of the file.</summary>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the file cannot be read.</exception>
    public string Name => _name.Value;

    /// <summary>Whether the file was read as a tokenizer.</summary>
    internal bool IsLoaded => _tokenizer.IsValueCreated;

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: the file cannot be read, or is no tokenizer.</exception>
    public int Count(ReadOnlySpan<char> text) => _tokenizer.Value.CountTokens(text);

    private Tokenizer Read()
    {
        var bytes = Take();
        if (NameOf(bytes) != Name)
        {
            throw Unusable("it was changed while it was used", inner: null);
        }

        try
        {
            return TokenizerFormat.Read(bytes);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a library throws at a file that is none.
            throw Unusable(e.Message, e);
        }
    }

    private static string NameOf(byte[] bytes) => $"file-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}";

    private byte[] Take()
    {
        try
        {
            return RegularFile.ReadAll(_path, MostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e.Message, e);
        }
    }

    private TidemarkException Unusable(string why, Exception? inner) => new(
        ErrorCodes.ConfigurationInvalid,
        $"the tokenizer '{_path}' cannot be used: {why.TrimEnd('.')}",
        "name the model's 'tokenizer.json', its 'vocab.txt' (WordPiece) or its SentencePiece model as OpenAIOptions.Tokenizer",
        inner);
}
