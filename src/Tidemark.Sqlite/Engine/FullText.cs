using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tidemark.Wording;

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// What FTS5 is taught on every connection (https://sqlite.org/fts5.html#extending_fts5): how texts are cut into words, which Core
/// decides, and how matches are ranked. A table names both, so nothing but Tidemark can ask its words.
/// </summary>
internal static unsafe class FullText
{
    private static readonly string Tokenizer = $"tidemark_{WordAnalysis.Name}_{WordAnalysis.Version}";

    /// <summary>Of a tokenizer without one: null would be no tokenizer. Behind it come the places of <see cref="Stemmers"/>.</summary>
    private const nint WithoutStemmer = 1;

    /// <summary>In the order of their languages, each made when a table first asks for it.</summary>
    private static readonly Stemmer?[] Stemmers = new Stemmer?[Stemmer.Languages.Count];

    /// <summary>
    /// A function of a matching row and of a <see cref="MatchWeights"/>: what BM25 gives the row.
    /// </summary>
    public const string Score = "tidemark_score";

    private const int AsQuery = 1, SamePlace = 1;
    private const int Utf8 = 1, Deterministic = 0x800, Innocuous = 0x200000;
    private const nint Transient = -1;

    /// <summary>
    /// For <c>tokenize</c>. The version of the analysis is part of the name, and the language of the stems its argument: with what is not known here a table cannot be opened.
    /// </summary>
    public static string TokenizerOf(Stemmer? stemmer) => stemmer is null ? Tokenizer : $"{Tokenizer} {stemmer.Language}";

    public static void Register(SqliteConnection connection)
    {
        Api* api = null;
        nint statement = connection.Compile("SELECT fts5(?1)");
        try
        {
            fixed (byte* type = "fts5_api_ptr\0"u8)
            {
                connection.Check(NativeSqlite.BindPointer(statement, 1, &api, type, 0));
            }

            _ = NativeSqlite.Step(statement);
        }
        finally
        {
            _ = NativeSqlite.FinalizeStatement(statement);
        }

        CaptionFunction.Register(connection);

        // Stores of formats 13 to 19 have views that name it, until they are migrated.
        fixed (byte* name = "tidemark_title\0"u8)
        {
            connection.Check(NativeSqlite.CreateFunction(
                connection.Handle, name, 2, Utf8 | Deterministic | Innocuous, null, &ReadTitle, null, null, null));
        }

        var tokenizer = new TokenizerFunctions { Create = &Create, Delete = &Delete, Tokenize = &Tokenize };

        // Stores of formats 9 to 20 have tables that name the first version, which are dropped when they are migrated.
        fixed (byte* former = "tidemark_words_1\0"u8, name = System.Text.Encoding.ASCII.GetBytes(Tokenizer + '\0'), score = "tidemark_score\0"u8)
        {
            connection.Check(api->CreateTokenizer(api, former, null, &tokenizer, null));
            connection.Check(api->CreateTokenizer(api, name, null, &tokenizer, null));
            connection.Check(api->CreateFunction(api, score, null, &ScoreRow, null));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(void* context, byte** arguments, int count, void** tokenizer)
    {
        *tokenizer = (void*)WithoutStemmer;
        if (count == 0)
        {
            return NativeSqlite.Ok;
        }

        var language = Marshal.PtrToStringUTF8((nint)arguments[0]);
        var place = Stemmer.Languages.TakeWhile(one => !string.Equals(one, language, StringComparison.Ordinal)).Count();
        if (place == Stemmers.Length)
        {
            return NativeSqlite.Error;
        }

        Stemmers[place] ??= Stemmer.Of(language);
        *tokenizer = (void*)(WithoutStemmer + 1 + place);
        return NativeSqlite.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Delete(void* tokenizer)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Tokenize(
        void* tokenizer, void* context, int flags, byte* text, int length, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int> add)
    {
        try
        {
            // What it calls only notes the word in memory, so there is no need to make ways for a collection of garbage each time.
            var sink = new Sink(context, (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, byte*, int, int, int, int>)add);
            var read = new ReadOnlySpan<byte>(text, length);
            if ((flags & AsQuery) == 0)
            {
                WordAnalysis.Read(read, (nint)tokenizer == WithoutStemmer ? null : Stemmers[(nint)tokenizer - WithoutStemmer - 1], ref sink);
                return sink.Result;
            }

            // What is asked for are words already, as the analysis gave them.
            foreach (var word in read.Split((byte)' '))
            {
                sink.Add(read[word], WordKind.Word);
            }

            return sink.Result;
        }
        catch (Exception)
        {
            return NativeSqlite.Error; // nothing may be thrown through SQLite
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ScoreRow(RowFunctions* row, void* match, nint result, int count, nint* arguments)
    {
        try
        {
            var weights = count == 1
                ? MatchWeights.Read(new ReadOnlySpan<byte>(NativeSqlite.ValueBlob(arguments[0]), NativeSqlite.ValueBytes(arguments[0])))
                : default;
            NativeSqlite.ResultDouble(result, new MatchedRow(row, match).Score(weights));
        }
        catch (Exception)
        {
            NativeSqlite.ResultErrorCode(result, NativeSqlite.Error);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReadTitle(nint context, int count, nint* arguments)
    {
        try
        {
            var id = System.Text.Encoding.UTF8.GetString(TextOf(arguments[0]));
            var title = System.Text.Encoding.UTF8.GetBytes(DocumentTitle.Of(id, TextOf(arguments[1])));
            fixed (byte* bytes = title)
            {
                NativeSqlite.ResultText(context, bytes, title.Length, Transient);
            }
        }
        catch (Exception)
        {
            NativeSqlite.ResultErrorCode(context, NativeSqlite.Error);
        }
    }

    /// <summary>The text first: reading it may make it another length.</summary>
    private static ReadOnlySpan<byte> TextOf(nint value)
    {
        var text = NativeSqlite.ValueText(value);
        return new ReadOnlySpan<byte>(text, text == null ? 0 : NativeSqlite.ValueBytes(value));
    }

    /// <summary>fts5_api.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Api
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<Api*, byte*, void*, TokenizerFunctions*, void*, int> CreateTokenizer;
        public void* FindTokenizer;
        public delegate* unmanaged[Cdecl]<Api*, byte*, void*, delegate* unmanaged[Cdecl]<RowFunctions*, void*, nint, int, nint*, void>, void*, int>
            CreateFunction;
    }

    /// <summary>fts5_tokenizer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TokenizerFunctions
    {
        public delegate* unmanaged[Cdecl]<void*, byte**, int, void**, int> Create;
        public delegate* unmanaged[Cdecl]<void*, void> Delete;
        public delegate* unmanaged[Cdecl]<
            void*, void*, int, byte*, int, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int>, int> Tokenize;
    }

    private struct Sink(void* context, delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, byte*, int, int, int, int> add) : IWordSink
    {
        private readonly void* _context = context;
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, int, byte*, int, int, int, int> _add = add;

        public int Result { get; private set; }

        public void Add(ReadOnlySpan<byte> word, WordKind kind)
        {
            if (Result == NativeSqlite.Ok && !word.IsEmpty)
            {
                fixed (byte* bytes = word)
                {
                    Result = _add(_context, kind > WordKind.NextBigram ? SamePlace : 0, bytes, word.Length, 0, 0);
                }
            }
        }
    }
}
