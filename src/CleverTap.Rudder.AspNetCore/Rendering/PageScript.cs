using System.Text;
using System.Text.Encodings.Web;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.AspNetCore.Rendering;

/// <summary>Renders the script element of a page, which queues the calls for the SDK and loads the SDK.</summary>
internal static class PageScript
{
    /// <summary>The script. Its function receives the options and the calls.</summary>
    /// <remarks>
    /// The calls are parsed from JSON, because a JavaScript literal would treat a member <c>__proto__</c> as the prototype. Date values
    /// become <c>Date</c> objects, except in the standard fields for which the SDK expects another type. Methods of the SDK that are not
    /// queues exist only after it has loaded.
    /// </remarks>
    private const string Script = """
        (function(w,d,id,account,region,useIP,optOut,address,calls){
        var c=w.clevertap=w.clevertap||{},s=d.getElementById(id);
        ["event","profile","account","onUserLogin","notifications","privacy"].forEach(function(q){c[q]=c[q]||[]});
        c.privacy.push({useIP:useIP});
        if(optOut!==null)c.privacy.push({optOut:optOut});
        if(!s){
        c.account.push({id:account});
        if(region)c.region=region;
        s=d.createElement("script");
        s.id=id;s.async=true;s.src=address;
        if(d.currentScript)s.nonce=d.currentScript.nonce;
        d.head.appendChild(s)}
        function dates(o){Object.keys(o).forEach(function(k){
        var v=o[k],m=typeof v==="string"&&!/^(Identity|Email|Phone|Gender|Employed|Married|Education|Age)$/.test(k)&&/^\$D_(0|-?[1-9]\d{0,12})$/.exec(v);
        if(m&&Math.abs(m[1])<=864e10)o[k]=new Date(m[1]*1000);
        else if(k==="Items"&&Array.isArray(v))v.forEach(function(i){if(i&&typeof i==="object")dates(i)})})}
        JSON.parse(calls).forEach(function(call){
        var a=call.arguments,m=call.method,q=m.split(".push")[0];
        if(q!==m){dates(q==="event"?a[1]:a[0].Site);c[q].push.apply(c[q],a)}
        else if(c[m])c[m].apply(c,a);
        else s.addEventListener("load",function(){if(w.clevertap[m])w.clevertap[m].apply(w.clevertap,a)})})
        })
        """;

    public static string Render(CleverTapWebOptions options, bool useIp, bool? optOut, IReadOnlyList<WebCall> calls, string? nonce)
    {
        var html = new StringBuilder("<script");
        if (!string.IsNullOrEmpty(nonce))
        {
            html.Append(" nonce=\"").Append(HtmlEncoder.Default.Encode(nonce)).Append('"');
        }

        html.Append('>').Append(Script).Append("(window,document,\"clevertap-web-sdk\",");
        html.AppendLiteral(options.AccountId).Append(',');
        html.AppendLiteral(CleverTapEndpoint.Normalize(options.Region)).Append(',');
        html.Append(useIp ? "true," : "false,");
        html.Append(
            optOut switch
            {
                true => "true,",
                false => "false,",
                null => "null,",
            }
        );
        html.AppendLiteral(options.SdkAddress).Append(',');
        html.AppendLiteral($"[{string.Join(',', calls.Select(call => call.ToJson()))}]");
        return html.Append(");</script>").ToString();
    }
}
