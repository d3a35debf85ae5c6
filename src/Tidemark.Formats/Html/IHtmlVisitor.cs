using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Makes something of the nodes that a walk comes by.</summary>
internal interface IHtmlVisitor
{
    void Text(string text);

    /// <returns>Whether its children are to be visited, and it is to be left behind them.</returns>
    bool Enter(IElement element);

    void Leave(IElement element);
}
