using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Tidemark.Formats;

/// <summary>
/// Counts what a page would draw before it is drawn: a form may draw forms, each many times, so that a few bytes stand for more letters
/// than there is memory for, and nothing can stop the drawing then.
/// </summary>
internal sealed class PdfCost(PdfDocument file, IFilterProvider filters)
{
    /// <summary>Of a page; a dense one of people has twenty thousand.</summary>
    private const long MostLetters = 1_000_000;

    /// <summary>Of operators and their numbers, each as often as it is drawn.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>A map that is drawn line by line has some hundred thousand.</summary>
    private const long MostOperators = 3_000_000;

    private const int DeepestForms = 60;

    private const int MostNodes = 50_000;

    private readonly Dictionary<IndirectReference, PdfDrawing> _forms = [];

    /// <exception cref="PackageException">A page draws without end.</exception>
    public void Check()
    {
        var root = Find<DictionaryToken>(file.Structure.Catalog.CatalogDictionary, NameToken.Pages);
        var open = new Stack<(DictionaryToken Node, DictionaryToken? Resources)>();
        if (root is not null)
        {
            open.Push((root, null));
        }

        for (var nodes = 0; nodes < MostNodes && open.TryPop(out var next); nodes++)
        {
            var resources = Find<DictionaryToken>(next.Node, NameToken.Resources) ?? next.Resources;
            if (Find<ArrayToken>(next.Node, NameToken.Kids) is { } kids)
            {
                foreach (var kid in kids.Data.Select(Resolve).OfType<DictionaryToken>())
                {
                    open.Push((kid, resources));
                }
            }
            else
            {
                CheckPage(next.Node, resources);
            }
        }
    }

    private void CheckPage(DictionaryToken page, DictionaryToken? resources)
    {
        var drawn = default(PdfDrawing);
        foreach (var content in ContentsOf(page))
        {
            drawn = drawn.Plus(CostOf(content, resources, 0), 1);
        }

        if (drawn.Letters > MostLetters || drawn.Bytes > MostBytes || drawn.Operators > MostOperators)
        {
            throw new PackageException($"a page of it draws more than {MostLetters} letters, or far more than it has");
        }
    }

    private IEnumerable<StreamToken> ContentsOf(DictionaryToken page)
    {
        if (!page.TryGet(NameToken.Contents, out var contents))
        {
            return [];
        }

        return Resolve(contents) switch
        {
            StreamToken stream => [stream],
            ArrayToken array => array.Data.Select(Resolve).OfType<StreamToken>(),
            _ => [],
        };
    }

    private PdfDrawing CostOf(StreamToken stream, DictionaryToken? resources, int depth)
    {
        var operators = PdfExtensions.Decode(stream, filters).Span;
        var names = PdfOperators.Count(operators, out var drawn);
        var forms = resources is null ? null : Find<DictionaryToken>(resources, NameToken.Create("XObject"));
        foreach (var (name, times) in names)
        {
            if (forms is not null && forms.TryGet(NameToken.Create(name), out var form) && depth < DeepestForms)
            {
                drawn = drawn.Plus(CostOfForm(form, resources, depth + 1), times);
            }
        }

        return drawn;
    }

    private PdfDrawing CostOfForm(IToken form, DictionaryToken? outer, int depth)
    {
        var reference = (form as IndirectReferenceToken)?.Data;
        if (reference is { } known && _forms.TryGetValue(known, out var cost))
        {
            return cost;
        }

        if (Resolve(form) is not StreamToken stream || Find<NameToken>(stream.StreamDictionary, NameToken.Subtype)?.Data != "Form")
        {
            return default;
        }

        // One that draws itself is not drawn again.
        if (reference is { } open)
        {
            _forms[open] = default;
        }

        cost = CostOf(stream, Find<DictionaryToken>(stream.StreamDictionary, NameToken.Resources) ?? outer, depth);
        if (reference is { } counted)
        {
            _forms[counted] = cost;
        }

        return cost;
    }

    private T? Find<T>(DictionaryToken dictionary, NameToken name)
        where T : class, IToken =>
        dictionary.TryGet(name, out var token) ? Resolve(token) as T : null;

    private IToken Resolve(IToken token)
    {
        for (var i = 0; i < 10 && token is IndirectReferenceToken reference; i++)
        {
            token = file.Structure.GetObject(reference.Data).Data;
        }

        return token;
    }
}
