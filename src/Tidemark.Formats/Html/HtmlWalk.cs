using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>Goes through the elements of a page in document order, without recursion: pages nest as deep as they like.</summary>
internal sealed class HtmlWalk(MarkupWriter writer)
{
    private readonly HtmlBlocks _blocks = new(writer);

    public void Write(INode root)
    {
        var node = root.FirstChild;
        while (node is not null)
        {
            if (Enter(node))
            {
                if (node.FirstChild is { } child)
                {
                    node = child;
                    continue;
                }

                Leave(node);
            }

            node = Next(node, root);
        }
    }

    /// <summary>The following node in the tree; leaves the elements that end before it.</summary>
    private INode? Next(INode node, INode root)
    {
        while (node.NextSibling is null)
        {
            if (node.Parent is not { } parent || parent == root)
            {
                return null;
            }

            node = parent;
            Leave(node);
        }

        return node.NextSibling;
    }

    /// <returns>Whether its children are to be written.</returns>
    private bool Enter(INode node)
    {
        switch (node)
        {
            case IText text:
                writer.Flow(text.Data);
                return false;
            case IElement element:
                return _blocks.Enter(element);
            default:
                return false;
        }
    }

    private void Leave(INode node)
    {
        if (node is IElement element)
        {
            _blocks.Leave(element);
        }
    }
}
