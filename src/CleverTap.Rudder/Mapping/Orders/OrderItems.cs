using System.Text.Json;
using CleverTap.Rudder.Internal.Json;
using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Mapping;

/// <summary>Maps the items of an order: an array of objects, or JSON text of such an array.</summary>
/// <remarks>The items are the only property of an event that CleverTap accepts nested.</remarks>
internal static class OrderItems
{
    /// <summary>Converts the items to the form that CleverTap accepts: flat objects, checked like properties.</summary>
    /// <returns>The items, or a missing value if there is no item.</returns>
    /// <remarks>Elements that are not objects are omitted, with a warning. An error in one item does not affect the others.</remarks>
    public static JsonSlice Map(JsonSlice items, MappingContext context)
    {
        items = Read(items);
        if (items.Kind != JsonValueKind.Array)
        {
            context.Warn(
                WarningCode.ItemOmitted,
                "Items",
                "the products of an order must be an array of objects and were omitted; send products as an array"
            );
            return default;
        }

        ItemWriter writer = context.Items;
        writer.Start(context);
        bool anyOmitted = false;
        var elements = new ElementReader(items);
        while (elements.Next())
        {
            bool isObject = elements.Value.Kind == JsonValueKind.Object;
            anyOmitted |= !isObject;
            if (isObject)
            {
                writer.Add(elements.Value, context);
            }
        }

        if (anyOmitted)
        {
            context.Warn(WarningCode.ItemOmitted, "Items", "elements that are not objects were omitted; send each product as an object");
        }

        return writer.Finish(context);
    }

    /// <summary>Chooses the property that contains the items: the first that contains objects.</summary>
    /// <returns>The value of the property, or a missing value.</returns>
    /// <remarks><c>items</c> counts only if it contains objects, because it is not one of RudderStack's names.</remarks>
    public static JsonSlice ChooseSource(JsonSlice explicitItems, JsonSlice products, JsonSlice items)
    {
        if (HasObjects(explicitItems))
        {
            return explicitItems;
        }

        if (HasObjects(products))
        {
            return products;
        }

        if (HasObjects(items))
        {
            return items;
        }

        return explicitItems.IsPresent ? explicitItems : products;
    }

    /// <summary>Warns of items that are not sent because they contain no object and another property does.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="items">The value of the property.</param>
    /// <param name="chosen">The value of <see cref="ChooseSource"/>.</param>
    /// <param name="context">The context that receives the warning.</param>
    public static void WarnIfUnused(FieldName name, JsonSlice items, JsonSlice chosen, MappingContext context)
    {
        if (!items.IsPresent || items.Equals(chosen) || HasObjects(items) || IsEmpty(items))
        {
            return;
        }

        context.Warn(
            WarningCode.ItemOmitted,
            name.ToString(),
            "the items of an order must be an array of objects and these were omitted; send each product as an object"
        );
    }

    private static bool IsEmpty(JsonSlice items)
    {
        items = Read(items);
        return items.Kind == JsonValueKind.Array && !new ElementReader(items).Next();
    }

    private static bool HasObjects(JsonSlice items)
    {
        items = Read(items);
        if (items.Kind != JsonValueKind.Array)
        {
            return false;
        }

        var elements = new ElementReader(items);
        while (elements.Next())
        {
            if (elements.Value.Kind == JsonValueKind.Object)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Checks the items as rudder-transformer does: only the first item decides, and invalid items are an error of the order.
    /// </summary>
    public static EventError? CheckStrictly(JsonFields data)
    {
        JsonSlice items = data[CleverTapRules.Items];
        if (!items.IsTruthy)
        {
            return null;
        }

        items = Read(items);

        var elements = new ElementReader(items);
        if (!elements.Next() || (!elements.Value.IsContainer && elements.Value.Kind != JsonValueKind.Null))
        {
            return new EventError(
                EventErrorCode.ItemsNotObjects,
                "properties.products",
                "Products property value must be an array of objects",
                "an array of objects"
            );
        }

        data.Set(CleverTapRules.Items, items, FieldForm.KeepNested);
        return null;
    }

    private static JsonSlice Read(JsonSlice items) => items.Kind == JsonValueKind.String ? Parse(items) : items;

    /// <summary>Parses JSON text, or returns a missing value if it is not JSON.</summary>
    private static JsonSlice Parse(JsonSlice text)
    {
        byte[] json = RudderEvent.ToUtf8(text.ToText()!.Trim());
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read()) { }

            return new JsonSlice(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
